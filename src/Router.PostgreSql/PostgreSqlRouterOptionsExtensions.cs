namespace RouterGen;

/// <summary>Makes routers instances of a fleet that shares a PostgreSQL database.</summary>
public static class PostgreSqlRouterOptionsExtensions
{
    /// <summary>
    /// Makes the process an instance of a fleet (<see cref="RouterOptions.Fleet"/>): its limits, budgets, cooldowns and controls hold for all that use the same database. Nothing connects before the first
    /// router is made. Dispose <see cref="RouterOptions.Fleet"/> at the end of the program, which gives back what it holds and closes the connections.
    /// </summary>
    /// <param name="options">The options.</param>
    /// <param name="address">A connection string or URL, as <see cref="PostgreSqlDatabase"/> takes it.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">The address cannot be read, or names no host.</exception>
    public static RouterOptions UsePostgreSql(this RouterOptions options, string address)
    {
        ArgumentNullException.ThrowIfNull(options);
#pragma warning disable CA2000 // The store owns the database, the fleet the store.
        options.Fleet = new RouterFleet(new PostgreSqlRouterStore(new PostgreSqlDatabase(address), ownsDatabase: true));
#pragma warning restore CA2000
        return options;
    }
}
