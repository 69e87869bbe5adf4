using RouterGen.PostgreSql.Schema;

namespace RouterGen.Gateway.PostgreSql;

/// <summary>The tables of a gateway's store.</summary>
internal static class GatewaySchema
{
    // As in the ledger's tables: texts compare byte by byte, a day's part is a hash of its names, and ticks of 100 ns are what a timestamp cannot hold. An empty text is a null that is part of a day.
    // Accounts are JSON as it was written: a document that the database had parsed would refuse U+0000.
    public static readonly SchemaSteps Steps = new("gateway", "RouterGen.Gateway.PostgreSql", new SchemaStep(1, """
        CREATE TABLE account (
          ordinal bigint GENERATED ALWAYS AS IDENTITY, kind smallint NOT NULL, id text COLLATE "C" NOT NULL, version bigint NOT NULL, team_id text COLLATE "C", user_id text COLLATE "C", alias text COLLATE "C",
          data json NOT NULL, PRIMARY KEY (kind, id));
        CREATE INDEX account_ordinal ON account (kind, ordinal);
        CREATE INDEX account_team ON account USING hash (team_id);
        CREATE INDEX account_user ON account USING hash (user_id);
        CREATE TABLE spent (kind smallint NOT NULL, spend_id text COLLATE "C" NOT NULL, start timestamptz NOT NULL, start_tick smallint NOT NULL, cost_usd numeric NOT NULL, PRIMARY KEY (kind, spend_id, start, start_tick));
        CREATE TABLE request (
          at timestamptz NOT NULL, at_tick smallint NOT NULL, id text COLLATE "C" NOT NULL, duration_ticks bigint NOT NULL, endpoint text NOT NULL, group_name text NOT NULL, deployment text NOT NULL, model text NOT NULL,
          status integer NOT NULL, input_tokens bigint NOT NULL, output_tokens bigint NOT NULL, cost_usd numeric NOT NULL, key_id text COLLATE "C", team_id text COLLATE "C", user_id text COLLATE "C", end_user text COLLATE "C",
          tags text[] NOT NULL, PRIMARY KEY (at, id)) PARTITION BY RANGE (at);
        CREATE TABLE request_day (
          day date NOT NULL, part bytea NOT NULL, key_id text COLLATE "C" NOT NULL, team_id text COLLATE "C" NOT NULL, user_id text COLLATE "C" NOT NULL, end_user text COLLATE "C" NOT NULL, group_name text COLLATE "C" NOT NULL,
          model text COLLATE "C" NOT NULL, tag text COLLATE "C" NOT NULL, requests bigint NOT NULL, input_tokens bigint NOT NULL, output_tokens bigint NOT NULL, cost_usd numeric NOT NULL, PRIMARY KEY (day, part));
        """),
        new SchemaStep(2, """
        CREATE TABLE response (
          owner text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, previous text, created_ticks bigint NOT NULL, expires_ticks bigint NOT NULL, model text NOT NULL, answer bytea NOT NULL, input bytea NOT NULL,
          PRIMARY KEY (owner, id));
        CREATE INDEX response_expires ON response (expires_ticks);
        CREATE TABLE response_item (owner text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, response text COLLATE "C" NOT NULL, PRIMARY KEY (owner, id));
        CREATE INDEX response_item_response ON response_item (owner, response);
        """));
}
