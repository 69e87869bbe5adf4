using StackExchange.Redis;

namespace RouterGen;

/// <summary>Makes routers instances of a fleet that shares a server of the Redis protocol.</summary>
public static class RedisRouterOptionsExtensions
{
    /// <summary>
    /// Makes the process an instance of a fleet (<see cref="RouterOptions.Fleet"/>): its limits, budgets, cooldowns and controls hold for all that use the same server. Nothing connects before the first router is
    /// made. Dispose <see cref="RouterOptions.Fleet"/> at the end of the program, which gives back what it holds and closes the connections.
    /// </summary>
    /// <param name="options">The options.</param>
    /// <param name="address">A configuration or URL, as <see cref="RedisRouterStore(string)"/> takes it.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">The address cannot be read, or names no host.</exception>
    public static RouterOptions UseRedis(this RouterOptions options, string address)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Fleet = new RouterFleet(new RedisRouterStore(address));
        return options;
    }

    /// <summary>As <see cref="UseRedis(RouterOptions, string)"/>, by connections that the program has already.</summary>
    /// <param name="options">The options.</param>
    /// <param name="connection">The connections, which are not disposed.</param>
    /// <returns>The options.</returns>
    public static RouterOptions UseRedis(this RouterOptions options, IConnectionMultiplexer connection)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Fleet = new RouterFleet(new RedisRouterStore(connection));
        return options;
    }
}
