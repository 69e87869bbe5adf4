using System.Security.Cryptography;

namespace RouterGen;

/// <summary>How a gateway checks virtual keys, and counts what they spend.</summary>
public sealed class GatewayKeyOptions
{
    internal GatewayKeyOptions()
    {
    }

    /// <summary>Gets or sets where keys, teams, users, budgets and spend are kept. The default is the memory of the process, which ends with it.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IGatewayStore Store
    {
        get => field ??= new MemoryGatewayStore();
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }

    /// <summary>
    /// Gets or sets how long a key is known without a look at the store; more than zero. The default is a minute. So long a change that another instance of the gateway made
    /// may go unnoticed; one that this instance made holds from the next request on.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than zero.</exception>
    public TimeSpan CacheLifetime { get; set => field = OptionBounds.AboveZero(value); } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Gets or sets how long keys that are known stay good while the store cannot be reached; zero or more. The default is an hour. Zero refuses all but the master key then. A key that is not
    /// known is refused with 503, not 401.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than zero.</exception>
    public TimeSpan OutageWindow { get; set => field = OptionBounds.ZeroOrMore(value); } = TimeSpan.FromHours(1);

    /// <summary>
    /// Gets or sets how long a key that has a budget, or whose team, user or member has one, stays good while the store cannot be reached; zero or more, and never longer than
    /// <see cref="OutageWindow"/>. The default is an hour. Until then what this instance spends counts, on top of what all had spent before. Zero refuses such keys with 503 as soon as what they spent can no
    /// longer be looked up, which is after <see cref="CacheLifetime"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than zero.</exception>
    public TimeSpan BudgetOutageWindow { get; set => field = OptionBounds.ZeroOrMore(value); } = TimeSpan.FromHours(1);

    /// <summary>
    /// Gets or sets the folder where the costs of requests are kept while the store cannot be reached; null, the default, for memory alone. They outlive the process, and are written to the store when it
    /// works again, each once, also by the next process that has the folder. It is one process's at a time, and is made where it is missing, for its owner alone. Rows in it have no content, and no keys.
    /// </summary>
    public string? SpoolFolder { get; set; }

    /// <summary>Gets or sets the most bytes in that folder; 1 or more. The default is 1 GiB, which is about two million requests. What does not fit waits in memory, as without a folder.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long SpoolMaxBytes
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1L << 30;

    /// <summary>Gets or sets the most keys that are known at a time; 1 or more. The default is 10,000. Those that were not used for the longest time go first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxCachedKeys { get; set => field = OptionBounds.AtLeast(1, value); } = 10_000;

    /// <summary>
    /// Gets or sets how many different wrong keys an address may send; 1 or more. The default is 10. From then on it gets 429 for keys that are not known already, for a second, and twice as long for each further
    /// one, up to 15 minutes.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxWrongKeys { get; set => field = OptionBounds.AtLeast(1, value); } = 10;

    /// <summary>Gets or sets how long the row of a request is kept; more than zero. The default is 90 days. Sums are kept for ever.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than zero.</exception>
    public TimeSpan SpendLogLifetime { get; set => field = OptionBounds.AboveZero(value); } = TimeSpan.FromDays(90);

    /// <summary>Gets or sets the most requests whose costs wait for the store. What does not fit is counted and logged.</summary>
    internal int QueueCapacity { get; set; } = 100_000;

    /// <summary>Gets or sets how long costs wait for others to be written with.</summary>
    internal TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets what fills new keys with chance. Tests replace it.</summary>
    internal Action<byte[]> Chance { get; set; } = SystemChance;

    // The one place where the gateway's keys are made; they must not be repeatable.
#pragma warning disable RS0030
    private static void SystemChance(byte[] bytes) => RandomNumberGenerator.Fill(bytes);
#pragma warning restore RS0030
}
