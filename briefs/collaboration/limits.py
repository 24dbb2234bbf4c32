"""Every number of live editing, with its reason. Seconds and bytes, unless the name says more."""

from briefs.document.text import MAX_BRIEF_BYTES
from briefs.live_text.updates import MAX_UPDATE_BYTES

# Saving. One commit for all that came in meanwhile: nobody feels 30 ms, and the disk is asked at
# most 33 times a second however many people type.
TICK = 0.03
DELAYED_AFTER = 1.0  # a commit that takes longer is said to be delayed
RETRY_FIRST, RETRY_LAST = 0.1, 2.0  # pauses between attempts while the database is away
# What a room keeps in memory while the database is away: hours of a few people's typing.
MAX_HELD_BYTES = 8 * 1024 * 1024

# Reading what others commit. The doorbell tells at once; this is for a ring that got lost, and for
# rights, which ring no bell: whoever is removed is out within three seconds.
POLL = 2.0
POLLS_BETWEEN_SIZES = 15  # how large the other sections of a brief are, every half minute

# Naming. The first is what a page's reload takes with some to spare.
EMPTY_FOR = 4.0
NAMED_EVERY = 600.0
NAMING_CHECK = 10.0
CHECKS_BETWEEN_LEFT = 6  # what another process left is asked for every minute
# A text that loses more than half of over so many characters gets its number first.
WORTH_NAMING = 500
# A change is tried first when so many UTF-16 units were taken out: one may be three characters.
WORTH_LOOKING = WORTH_NAMING // 6

# One message. A whole section with its history is sent in one when a browser comes back.
MAX_MESSAGE_BYTES = MAX_UPDATE_BYTES + 64
CHECKED_ASIDE_FROM = 16 * 1024  # larger ones are read in a thread: others go on meanwhile
MAX_DELETED_AT_ONCE = 2 * MAX_BRIEF_BYTES  # UTF-16 units in a row: twice what any brief may hold
MAX_NEW_NUMBERS = 64  # client numbers that one change may bring: pages that were offline

# One connection. An editor sends at most 25 changes and 13 positions a second; what piled up in a
# tunnel of twenty seconds may come at once. A message costs one, and one more for each 4 KB; one of
# presence costs one for each of its entries.
MESSAGES_PER_SECOND = 60.0
MESSAGES_AT_ONCE = 1200.0
BYTES_PER_MESSAGE = 4096
NAMING_COSTS = 60  # a revision asked for: one a second at most
MAX_OUTBOX_BYTES = 4 * 1024 * 1024  # a reader this far behind is better off starting again
MAX_MESSAGES_WAITING = 4096
HELLO_WITHIN = 10.0
SILENT_FOR = 20.0  # then the server says that it is there; a page waits for 45
ADMIT_WITHIN = 10.0  # a database that is away takes half a minute to say so
CLOSE_WITHIN = 5.0  # for the last messages and the close to a reader that is slow
# Of sections, and as many of briefs: looking on never keeps anybody from writing.
MAX_SOCKETS_PER_PERSON = 20

# Presence: cursors go to everybody from everybody, so it is slowed down by the number of people.
PRESENCE_TICK = 0.06
PEOPLE_AT_FULL_SPEED = 30
MAX_PRESENCE_BYTES = 64 * 1024  # one client's state is a few hundred
# Who is in which section of a brief is told whole, so twice a second at most.
LOBBY_TICK = 0.5
MAX_HELLO_BYTES = 64  # all that the page of a brief ever says

# Refused edits are kept for their author to be found again, not as a store.
MAX_REFUSED_BYTES = 256 * 1024
MAX_REFUSED_PER_PERSON = 50

STOP_WITHIN = 8.0  # for the last commit when the server ends; service managers wait 10 or more
