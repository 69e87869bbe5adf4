using RouterGen.PostgreSql.Schema;

namespace RouterGen.PostgreSql.Spending;

/// <summary>The tables of a spend ledger.</summary>
internal static class SpendSchema
{
    // Texts compare byte by byte: an update of the system's locale data leaves indexes as they are. A day's part is a hash of its names, because an index cannot hold names of any length.
    // What a timestamp cannot hold of a time is beside it, in ticks of 100 ns.
    public static readonly SchemaSteps Steps = new("spend", "RouterGen.PostgreSql", new SchemaStep(1, """
        CREATE TABLE spend (
          at timestamptz NOT NULL, at_tick smallint NOT NULL, id text COLLATE "C" NOT NULL, call_id text, group_name text NOT NULL, deployment text NOT NULL, model text NOT NULL, kind text NOT NULL,
          purpose text NOT NULL, outcome text NOT NULL, caller text, session text, tags text[] NOT NULL, input_tokens bigint, output_tokens bigint, cost_usd numeric, is_estimated boolean NOT NULL,
          is_callers_key boolean NOT NULL, duration_ticks bigint NOT NULL, PRIMARY KEY (at, id)) PARTITION BY RANGE (at);
        CREATE TABLE spend_day (
          day date NOT NULL, part bytea NOT NULL, group_name text NOT NULL, deployment text NOT NULL, model text NOT NULL, caller text NOT NULL, attempts bigint NOT NULL, failures bigint NOT NULL,
          input_tokens bigint NOT NULL, output_tokens bigint NOT NULL, cost_usd numeric NOT NULL, unpriced bigint NOT NULL, PRIMARY KEY (day, part));
        """));
}
