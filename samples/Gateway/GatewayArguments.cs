using System.Globalization;

namespace GatewayProgram;

/// <summary>What the program was started with.</summary>
/// <param name="Config">The file with the groups; null for those of the sample.</param>
/// <param name="Port">The port on the loopback; 0 for a free one.</param>
/// <param name="AdminPort">The port on the loopback of what manages keys; null for the next one, 0 for a free one.</param>
/// <param name="Database">The SQLite file with keys and spend; null for memory.</param>
/// <param name="Drain">How long calls that are under way may go on when the program is asked to end.</param>
internal sealed record GatewayArguments(string? Config, int Port, int? AdminPort, string? Database, TimeSpan Drain)
{
    private const int UsualPort = 4000;

    /// <summary>Reads arguments; null where they are wrong.</summary>
    public static GatewayArguments? Read(string[] args)
    {
        var read = new GatewayArguments(null, UsualPort, null, null, TimeSpan.FromSeconds(30));
        for (int i = 0; i < args.Length; i += 2)
        {
            string? value = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--config" when value is not null: read = read with { Config = value }; break;
                case "--port" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= ushort.MaxValue: read = read with { Port = port }; break;
                case "--admin-port" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= ushort.MaxValue: read = read with { AdminPort = port }; break;
                case "--database" when value is not null: read = read with { Database = value }; break;
                case "--drain-seconds" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds): read = read with { Drain = TimeSpan.FromSeconds(seconds) }; break;
                default: return null;
            }
        }

        return read;
    }
}
