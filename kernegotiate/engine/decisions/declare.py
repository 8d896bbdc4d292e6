"""A declaration: would I be seen to want this?

It fixes no duties, resources or dates and binds nobody (E43, E129, E166, E167): whoever declares
may go alone the next day. So all it has to be worth is the talks.
"""

from kernegotiate.engine.decisions.appraisal import signing_credit
from kernegotiate.engine.jit import rule


@rule
def would_declare(gov, project, party, rules, p, i):
    """Whether party i of p declares: the credit at home is worth what the talks cost."""
    credit = rules.declaring_credit * signing_credit(gov, project, rules, p, party[p, i].gov)
    talks = project[p].part * (rules.information + rules.round * project[p].rounds)
    return credit >= talks
