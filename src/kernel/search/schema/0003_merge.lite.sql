-- FTS5 merges what commits added while they commit: with its own settings (four
-- pieces of a size are merged, sixteen at once) a filing at 3,000,000 cases now
-- and then wrote a thousand pages and kept everybody waiting for 50 ms.  Sixteen
-- pieces are merged bit by bit, and all at once only when that has not kept up.
INSERT INTO search_index(search_index, rank) VALUES ('automerge', 16);
INSERT INTO search_index(search_index, rank) VALUES ('crisismerge', 64);
