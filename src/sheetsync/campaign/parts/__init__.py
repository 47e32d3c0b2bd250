"""A district: every participant is read and judged apart, by as many processes as
there are, and what it came to is remembered.

    around      what a worker must know of the campaign
    part        what one participant, or a few that belong together, came to
    working     the work itself: a copy read, a group judged, its rows written
    workers     who does it: this process, several (processes), or a cluster
    memory      what was read and judged, from run to run
    joining     parts together are the consolidation and its tables
    running     one run over a district of many schools

The result is the one ``campaign.at_once`` gives, which judges everybody together.
"""
