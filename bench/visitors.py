"""People who are not signed in: one who asks for an account, and those with a mailed link."""

from bench.long_works import Values
from tests import asked_by_directory, inviting, later, nominating, own_profiles, recovering
from tests.world import World


def values(world: World) -> Values:
    """Good values for the public routes, by route."""
    invited = world.member(world.maple, "Inga Sample", status="unverified")
    later.forget_password(invited)
    subject = {"organization_id": world.maple.id, "membership_id": invited.mailbox}
    link = {"token": inviting.link(world, invited.user.id, "registration", **subject)}
    chosen = {"password": inviting.NEW_PASSWORD}
    return {
        "POST /registrations": dict(inviting.form()),
        "POST /registrations/look": dict(link),
        "POST /registrations/factor": dict(link),
        "POST /registrations/complete": {
            **link,
            **chosen,
            **inviting.ANSWERS,
            "name": "Inga Sample",
            "accept_terms": True,
        },
        "POST /email-confirmations": own_profiles.confirmation(world),
        "POST /notice-address-confirmations": own_profiles.notice_confirmation(world),
        **asked_by_directory.good_values(world),
        **nominating.of_visitors(world),
        **recovering.good_values(world),
    }
