-- The ground every later migration stands on: the two schemas, row versions, time-ordered keys and the collation of text columns.
-- Runs on PostgreSQL 15 and later.

-- parley: what the program itself needs. data: one table per Dataverse table.
create schema if not exists parley;
create schema if not exists data;

-- Time-ordered UUIDs, RFC 9562 version 7. PostgreSQL 18 has the function; an older server gets one of the same name, so that
-- every caller writes plain uuidv7(). The 12 bits after the version hold the fraction of the millisecond (method 3 of section 6.2).
do $body$
begin
  if to_regprocedure('pg_catalog.uuidv7()') is null then
    create function public.uuidv7() returns uuid language plpgsql volatile parallel safe as $function$
    declare
      microseconds constant bigint := (extract(epoch from clock_timestamp()) * 1000000)::bigint;
      fraction constant int := ((microseconds % 1000) * 4096 / 1000)::int;
      bytes bytea := uuid_send(gen_random_uuid());
    begin
      bytes := overlay(bytes placing substring(int8send(microseconds / 1000) from 3) from 1 for 6);
      bytes := set_byte(bytes, 6, 112 | (fraction >> 8));
      bytes := set_byte(bytes, 7, fraction & 255);
      return encode(bytes, 'hex')::uuid;
    end
    $function$;
  end if;
end
$body$;

-- One counter for the whole organisation: the ETag of a row, and the position in change tracking.
create sequence parley.row_version as bigint;

-- Case does not matter in a comparison, accents do: 'Anna' = 'ANNA', 'resume' <> 'résumé'.
create collation data.ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);

create function parley.touch_row_version() returns trigger language plpgsql as $function$
begin
  new.versionnumber := nextval('parley.row_version');
  return new;
end
$function$;
