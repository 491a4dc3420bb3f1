-- Lists are read a page at a time, newest first, from an index: what a page costs does not grow with how many there are.
-- An index ends in the row's number, by which rooms and accounts are in the order in which they were made.
CREATE INDEX room_listed ON room (access, deleted_at);
CREATE INDEX room_deleted ON room (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX room_owner ON room (owner_id);
CREATE INDEX room_visit_seen ON room_visit (user_id, last_seen);
DROP INDEX session_room_user;
CREATE INDEX session_room_user ON session_room (user_id, opened_at);
