-- Commands, buttons and forms whose change was made: an interaction that Discord delivers again, also to the
-- next process, changes nothing. Its id is a snowflake and so holds its time; after a day it is forgotten.
CREATE TABLE interactions (
    id INTEGER PRIMARY KEY
) STRICT;
