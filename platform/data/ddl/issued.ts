/**
 * Keeps documents that were issued, byte for byte: neither they nor their files are changed or removed, whoever asks.
 * That a file goes which no document has is nobody's concern here.
 */
export const KEEP_ISSUED = `
create function platform.refuse_issued() returns trigger language plpgsql as $$
declare
  file uuid := case tg_table_name when 'file' then (to_jsonb(old) ->> 'id')::uuid else (to_jsonb(old) ->> 'file_id')::uuid end;
begin
  if exists (select from platform.document where file_id = file) then
    raise exception 'This document is issued and cannot be changed any more.' using errcode = 'integrity_constraint_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create index document_file on platform.document (file_id);
create trigger issued before update or delete on platform.document for each row execute function platform.refuse_issued();
create trigger issued before update or delete on platform.file for each row execute function platform.refuse_issued();
create trigger issued before update or delete on platform.file_chunk for each row execute function platform.refuse_issued();`;
