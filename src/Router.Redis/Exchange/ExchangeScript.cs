using System.Security.Cryptography;
using System.Text;
using RouterGen.Infrastructure;
using StackExchange.Redis;

namespace RouterGen.Redis.Exchange;

/// <summary>The script that an exchange is: sent by its hash, and whole where the server does not have it, as after it was started again.</summary>
internal static class ExchangeScript
{
    /// <summary>Gets the script.</summary>
    internal static string Text { get; } = ReadText();

#pragma warning disable CA5350 // The protocol names scripts by it; nothing is protected with it.
    private static readonly byte[] Hash = SHA1.HashData(Encoding.UTF8.GetBytes(Text));
#pragma warning restore CA5350

    /// <summary>Runs it.</summary>
    /// <param name="database">The database.</param>
    /// <param name="report">The report.</param>
    /// <returns>The answer, and whether others should know of something soon.</returns>
    /// <exception cref="RedisException">The server cannot be reached, or refuses it.</exception>
    /// <exception cref="TimeoutException">The server has not answered in time.</exception>
    /// <exception cref="System.Text.Json.JsonException">The answer is none.</exception>
    public static async Task<(StoreAnswer Answer, bool IsNews)> RunAsync(IDatabase database, StoreReport report)
    {
        RedisKey[] keys = new FleetKeys(report.Fleet).Of(report);
        RedisValue[] values = [StoreText.Write(report)];
        RedisResult result;
        try
        {
            result = await database.ScriptEvaluateAsync(Hash, keys, values).ConfigureAwait(false);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            result = await database.ScriptEvaluateAsync(Text, keys, values, CommandFlags.NoScriptCache).ConfigureAwait(false);
        }

        return (StoreText.Read((string)result[0]!), (int)result[1] != 0);
    }

    private static string ReadText()
    {
        using Stream stream = typeof(ExchangeScript).Assembly.GetManifestResourceStream("exchange.lua")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
