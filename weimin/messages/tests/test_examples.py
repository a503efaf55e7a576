import pytest

from weimin.actions.act import act
from weimin.messages.tests.examples import EXAMPLES
from weimin.walls.actor import system_actor
from weimin.walls.session import entered

TOWNSHIP = 500242101000


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_of_each_action_is_a_valid_use(name, jurisdiction, actor, now):
    clerk = actor(EXAMPLES[name].role, TOWNSHIP)
    with entered(system_actor()):
        target, data = EXAMPLES[name].build(clerk, TOWNSHIP)
    assert act(clerk, name, data, "k1", target=target, now=now).region == TOWNSHIP
