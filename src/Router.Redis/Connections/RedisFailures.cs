using StackExchange.Redis;

namespace RouterGen.Redis.Connections;

/// <summary>Says what is wrong with a server, where, and what to do. No message has a user's name, a password, or the name of a key.</summary>
internal static class RedisFailures
{
    /// <summary>Whether it is a failure of the server, or of the way to it.</summary>
    public static bool Is(Exception exception) => exception is RedisException or RedisCommandException or TimeoutException;

    /// <summary>Makes an exception that says it.</summary>
    /// <param name="where">Host and port.</param>
    /// <param name="exception">What happened.</param>
    public static IOException Explain(string where, Exception exception)
    {
        string text = All(exception).Aggregate("", static (all, one) => all + one.Message + "\n");
        string what = Has("WRONGPASS") || Has("NOAUTH") || Has("invalid password") || All(exception).Any(static one => one is RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure })
            ? "refuses the user or the password"
            : Has("NOPERM") || Has("can't run this command") || Has("can't access at least one of the keys") ? "does not allow the user all that it needs: docs/redis.md has the rights"
            : Has("READONLY") || Has("issued to a replica") ? "is a replica, which is read-only: name the primary, or a Sentinel with 'serviceName'"
            : Has("OOM ") ? "has no memory left: its 'maxmemory' is reached"
            : Has("LOADING") ? "is loading its data"
            : Has("unknown command") || Has("Lua scripts") ? "runs no scripts: Garnet needs '--lua --lua-transaction-mode'"
            : exception is RedisServerException ? "refuses the exchange: " + exception.Message.Split('\n')[0].TrimEnd('.')
            : exception is TimeoutException ? "has not answered in time"
            : "cannot be reached";
        return new IOException($"Redis at {where} {what}.", exception);

        bool Has(string part) => text.Contains(part, StringComparison.Ordinal);
    }

    private static IEnumerable<Exception> All(Exception exception)
    {
        for (Exception? one = exception; one is not null; one = one.InnerException)
        {
            yield return one;
            if (one is not AggregateException { InnerExceptions: var several }) continue;
            foreach (Exception other in several.SelectMany(All)) yield return other;
            yield break;
        }
    }
}
