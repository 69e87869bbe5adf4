using RouterGen.PostgreSql.Schema;

namespace RouterGen.PostgreSql.Fleet;

/// <summary>
/// What instances of fleets share, and the function that is an exchange: one statement, by the database's clock, in one transaction. Rows are locked in the order of their scopes, which all reports have,
/// so that no two exchanges wait for each other. It does what <see cref="MemoryRouterStore"/> does.
/// </summary>
internal static class FleetSchema
{
    public static readonly SchemaSteps Steps = new("fleet", "RouterGen.PostgreSql", new SchemaStep(1, """
        CREATE TABLE fleet_instance (
          fleet text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, sequence bigint NOT NULL, answer text NOT NULL, seen_at timestamptz NOT NULL, until timestamptz NOT NULL, summary text,
          PRIMARY KEY (fleet, id)) WITH (fillfactor = 50);
        CREATE TABLE fleet_limit (
          fleet text COLLATE "C" NOT NULL, scope text COLLATE "C" NOT NULL, arrival_at timestamptz NOT NULL DEFAULT '-infinity', period_start timestamptz, spent bigint NOT NULL DEFAULT 0,
          PRIMARY KEY (fleet, scope)) WITH (fillfactor = 50);
        CREATE TABLE fleet_share (
          fleet text COLLATE "C" NOT NULL, scope text COLLATE "C" NOT NULL, instance text COLLATE "C" NOT NULL, held bigint NOT NULL, until timestamptz NOT NULL,
          PRIMARY KEY (fleet, scope, instance)) WITH (fillfactor = 50);
        CREATE TABLE fleet_cooldown (
          fleet text COLLATE "C" NOT NULL, scope text COLLATE "C" NOT NULL, until timestamptz NOT NULL, cause text NOT NULL, status integer, PRIMARY KEY (fleet, scope));
        CREATE TABLE fleet_control (
          fleet text COLLATE "C" NOT NULL, scope text COLLATE "C" NOT NULL, version bigint NOT NULL, state text, weight double precision, PRIMARY KEY (fleet, scope));
        CREATE TABLE fleet_version (fleet text COLLATE "C" PRIMARY KEY, version bigint NOT NULL);

        CREATE FUNCTION fleet_take_rate(in_fleet text, in_instance text, in_wish jsonb, in_lifetime interval, in_last boolean) RETURNS jsonb LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
        DECLARE
          in_scope CONSTANT text := in_wish->>0;
          per_minute CONSTANT bigint := (in_wish->>1)::bigint;
          debt CONSTANT bigint := (in_wish->>2)::bigint;
          returned CONSTANT bigint := (in_wish->>3)::bigint;
          wanted CONSTANT bigint := (in_wish->>4)::bigint;
          needed CONSTANT bigint := (in_wish->>5)::bigint;
          unit CONSTANT double precision := 60.0 / per_minute;
          longest CONSTANT double precision := 3600;
          moment timestamptz;
          arrival timestamptz;
          others bigint;
          room bigint;
          granted bigint;
          opens timestamptz;
        BEGIN
          INSERT INTO fleet_limit (fleet, scope) VALUES (in_fleet, in_scope) ON CONFLICT DO NOTHING;
          SELECT arrival_at INTO arrival FROM fleet_limit WHERE fleet = in_fleet AND scope = in_scope FOR UPDATE;
          moment := clock_timestamp();
          arrival := greatest(arrival - least(returned * unit, longest) * interval '1 second', moment) + least(debt * unit, longest) * interval '1 second';
          arrival := least(arrival, moment + longest * interval '1 second');
          room := greatest(0, floor(extract(epoch FROM moment + interval '1 minute' - arrival) / unit + 1e-6)::bigint);
          DELETE FROM fleet_share WHERE fleet = in_fleet AND scope = in_scope AND until <= moment;
          SELECT count(*) INTO others FROM fleet_share WHERE fleet = in_fleet AND scope = in_scope AND instance <> in_instance;

          -- Each its part of what there is, and a call that needs more all that it needs. More than a minute's worth is admitted by a full bucket.
          granted := CASE WHEN needed > per_minute AND room >= per_minute THEN needed ELSE greatest(0, least(wanted, greatest(room / (others + 1), least(needed, room)))) END;
          arrival := arrival + least(granted * unit, longest) * interval '1 second';
          UPDATE fleet_limit SET arrival_at = arrival WHERE fleet = in_fleet AND scope = in_scope;
          IF in_last OR wanted < 0 THEN
            DELETE FROM fleet_share WHERE fleet = in_fleet AND scope = in_scope AND instance = in_instance;
          ELSE
            INSERT INTO fleet_share VALUES (in_fleet, in_scope, in_instance, granted, moment + in_lifetime) ON CONFLICT (fleet, scope, instance) DO UPDATE SET held = excluded.held, until = excluded.until;
          END IF;
          opens := CASE WHEN needed > per_minute THEN arrival ELSE arrival + least(needed * unit, longest) * interval '1 second' - interval '1 minute' END;
          RETURN jsonb_build_array(
            granted,
            greatest(0, least(1, extract(epoch FROM moment + interval '1 minute' - arrival) / 60)),
            CASE WHEN granted >= needed OR opens <= moment THEN 0 ELSE ceil(extract(epoch FROM opens - moment) * 1000)::bigint END,
            others + 1);
        END $$;

        CREATE FUNCTION fleet_hold(in_fleet text, in_instance text, in_wish jsonb, in_lifetime interval, in_last boolean) RETURNS jsonb LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
        DECLARE
          in_scope CONSTANT text := in_wish->>0;
          cap CONSTANT bigint := (in_wish->>1)::bigint;
          period CONSTANT text := in_wish->>2;
          used CONSTANT bigint := (in_wish->>4)::bigint;
          wanted CONSTANT bigint := (in_wish->>5)::bigint;
          needed CONSTANT bigint := (in_wish->>6)::bigint;
          moment timestamptz;
          starts timestamptz;
          ends_in bigint := 0;
          all_spent bigint;
          known_start timestamptz;
          others bigint;
          held_by_others numeric;
          spare bigint;
          holds bigint;
        BEGIN
          INSERT INTO fleet_limit (fleet, scope) VALUES (in_fleet, in_scope) ON CONFLICT DO NOTHING;
          SELECT period_start, spent INTO known_start, all_spent FROM fleet_limit WHERE fleet = in_fleet AND scope = in_scope FOR UPDATE;
          moment := clock_timestamp();
          IF period IS NOT NULL THEN
            starts := date_trunc(period, moment AT TIME ZONE 'UTC') AT TIME ZONE 'UTC';
            ends_in := ceil(extract(epoch FROM ((starts AT TIME ZONE 'UTC') + ('1 ' || period)::interval) AT TIME ZONE 'UTC' - moment) * 1000)::bigint;
            IF known_start IS DISTINCT FROM starts THEN all_spent := 0; END IF;
          END IF;
          all_spent := least(all_spent::numeric + (in_wish->>3)::numeric, 9223372036854775807)::bigint;
          DELETE FROM fleet_share WHERE fleet = in_fleet AND scope = in_scope AND until <= moment;
          SELECT count(*), coalesce(sum(held), 0) INTO others, held_by_others FROM fleet_share WHERE fleet = in_fleet AND scope = in_scope AND instance <> in_instance;
          spare := greatest(0, cap - all_spent::numeric - held_by_others - used)::bigint;
          holds := used + greatest(0, least(wanted - used, greatest(ceil(spare::numeric / (others + 1))::bigint, least(needed - used, spare))));
          UPDATE fleet_limit SET spent = all_spent, period_start = starts WHERE fleet = in_fleet AND scope = in_scope;
          IF in_last OR wanted <= 0 THEN
            DELETE FROM fleet_share WHERE fleet = in_fleet AND scope = in_scope AND instance = in_instance;
          ELSE
            INSERT INTO fleet_share VALUES (in_fleet, in_scope, in_instance, holds, moment + in_lifetime) ON CONFLICT (fleet, scope, instance) DO UPDATE SET held = excluded.held, until = excluded.until;
          END IF;
          RETURN jsonb_build_array(holds, all_spent, ends_in, others + 1);
        END $$;

        CREATE FUNCTION fleet_cool(in_fleet text, in_cooldowns jsonb) RETURNS boolean LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
        DECLARE
          cooldown jsonb;
          news boolean := false;
        BEGIN
          FOR cooldown IN SELECT value FROM jsonb_array_elements(in_cooldowns) WITH ORDINALITY ORDER BY ordinality LOOP
            INSERT INTO fleet_cooldown VALUES (in_fleet, cooldown->>0, clock_timestamp() + (cooldown->>1)::bigint * interval '1 millisecond', cooldown->>2, (cooldown->>3)::integer)
            ON CONFLICT (fleet, scope) DO UPDATE SET until = excluded.until, cause = excluded.cause, status = excluded.status WHERE fleet_cooldown.until < excluded.until;
            news := news OR FOUND;
          END LOOP;
          RETURN news;
        END $$;

        CREATE FUNCTION fleet_exchange(report jsonb) RETURNS text LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
        DECLARE
          in_fleet CONSTANT text := report->>'f';
          in_instance CONSTANT text := report->>'i';
          in_sequence CONSTANT bigint := (report->>'s')::bigint;
          lifetime CONSTANT interval := (report->>'l')::bigint * interval '1 millisecond';
          seen CONSTANT bigint := (report->>'v')::bigint;
          in_last CONSTANT boolean := (report->>'x')::boolean;
          moment timestamptz;
          known fleet_instance;
          wish jsonb;
          rates jsonb := '[]';
          amounts jsonb := '[]';
          news boolean := false;
          answered text;
        BEGIN
          -- Of two with the same report, one waits for the other, and answers the same.
          INSERT INTO fleet_instance VALUES (in_fleet, in_instance, -1, '', clock_timestamp(), clock_timestamp() + lifetime) ON CONFLICT DO NOTHING;
          SELECT * INTO known FROM fleet_instance WHERE fleet = in_fleet AND id = in_instance FOR UPDATE;
          IF known.sequence = in_sequence THEN
            -- What was counted is not counted again; a cooldown may have begun since.
            PERFORM fleet_cool(in_fleet, report->'c');
            RETURN known.answer;
          END IF;

          FOR wish IN SELECT value FROM jsonb_array_elements(report->'r') WITH ORDINALITY ORDER BY ordinality LOOP
            rates := rates || jsonb_build_array(fleet_take_rate(in_fleet, in_instance, wish, lifetime, in_last));
          END LOOP;
          FOR wish IN SELECT value FROM jsonb_array_elements(report->'a') WITH ORDINALITY ORDER BY ordinality LOOP
            amounts := amounts || jsonb_build_array(fleet_hold(in_fleet, in_instance, wish, lifetime, in_last));
          END LOOP;

          news := fleet_cool(in_fleet, report->'c');

          -- Versions are given one change after the other, so that nobody sees a later one first. They follow the clock: after an older backup was restored they go on behind those that instances have seen.
          FOR wish IN SELECT value FROM jsonb_array_elements(report->'o') WITH ORDINALITY ORDER BY ordinality LOOP
            INSERT INTO fleet_version VALUES (in_fleet, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint) ON CONFLICT (fleet) DO UPDATE SET version = greatest(fleet_version.version + 1, excluded.version);
            INSERT INTO fleet_control SELECT in_fleet, wish->>0, version, wish->>1, (wish->>2)::double precision FROM fleet_version WHERE fleet = in_fleet
            ON CONFLICT (fleet, scope) DO UPDATE SET version = excluded.version, state = coalesce(excluded.state, fleet_control.state), weight = coalesce(excluded.weight, fleet_control.weight);
            news := true;
          END LOOP;

          moment := clock_timestamp();
          SELECT jsonb_build_object(
            'n', (SELECT count(*) FROM fleet_instance WHERE fleet = in_fleet AND until > moment AND id <> in_instance) + CASE WHEN in_last THEN 0 ELSE 1 END,
            'r', rates,
            'a', amounts,
            'c', (SELECT coalesce(jsonb_agg(jsonb_build_array(scope, ceil(extract(epoch FROM until - moment) * 1000)::bigint, cause, status)), '[]') FROM fleet_cooldown WHERE fleet = in_fleet AND until > moment),
            'o', (SELECT coalesce(jsonb_agg(jsonb_build_array(scope, state, weight) ORDER BY version), '[]') FROM fleet_control WHERE fleet = in_fleet AND version > seen),
            'v', greatest(seen, (SELECT max(version) FROM fleet_control WHERE fleet = in_fleet))) INTO answered;
          UPDATE fleet_instance AS i SET sequence = in_sequence, answer = answered, seen_at = moment, until = CASE WHEN in_last THEN moment ELSE moment + lifetime END, summary = report->>'m' WHERE i.fleet = in_fleet AND i.id = in_instance;

          -- An instance that begins clears what is long over; what others have locked is left to the next.
          IF known.sequence < 0 THEN
            DELETE FROM fleet_instance WHERE (fleet, id) IN (SELECT fleet, id FROM fleet_instance WHERE until < moment - interval '1 day' FOR UPDATE SKIP LOCKED);
            DELETE FROM fleet_cooldown WHERE (fleet, scope) IN (SELECT fleet, scope FROM fleet_cooldown WHERE until < moment - interval '1 hour' FOR UPDATE SKIP LOCKED);
            DELETE FROM fleet_share WHERE (fleet, scope, instance) IN (SELECT fleet, scope, instance FROM fleet_share WHERE until < moment - interval '1 hour' FOR UPDATE SKIP LOCKED);
            DELETE FROM fleet_limit WHERE (fleet, scope) IN (SELECT fleet, scope FROM fleet_limit WHERE arrival_at < moment - interval '1 day' AND coalesce(period_start, '-infinity') < moment - interval '62 days' FOR UPDATE SKIP LOCKED);
          END IF;
          IF news THEN PERFORM pg_notify('routergen_fleet', in_fleet); END IF;
          RETURN answered;
        END $$;
        """));
}
