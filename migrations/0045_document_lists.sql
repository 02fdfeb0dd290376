-- Lists of documents are asked for over all bodies as well as of one.
create index document_newest_of_all on document (created_at desc, id desc);
