namespace RouterGen;

/// <summary>What the page for people keeps, and where it is. Give it to <see cref="GatewayOptions.Page"/>.</summary>
public sealed class PageOptions
{
    /// <summary>Gets or sets the path of the page: it begins with a slash and does not end with one. The default is <c>/ui</c>.</summary>
    /// <exception cref="ArgumentException">The value is no such path.</exception>
    public string Path
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Length < 2 || value[0] != '/' || value[^1] == '/' || value.AsSpan().ContainsAny("{}?#*")) throw new ArgumentException("A path begins with a slash, does not end with one, and has no parameters.", nameof(value));
            field = value;
        }
    } = "/ui";

    /// <summary>Gets or sets how many of the latest requests are kept for the request log; 1 to 100,000. The default is 1,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not within these bounds.</exception>
    public int KeptRequests { get; set => field = Within(value, 1, 100_000); } = 1000;

    /// <summary>
    /// Gets or sets whether the request log keeps what was asked and answered, and what providers said of errors, which may quote it. The default is false: prompts are private.
    /// </summary>
    public bool KeepsContent { get; set; }

    /// <summary>Gets or sets how many bytes of a request, and of its answer, are kept at most; 256 to 1 MiB. What is longer is cut. The default is 32 KiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not within these bounds.</exception>
    public int ContentBytesPerRequest { get; set => field = Within(value, 256, 1024 * 1024); } = 32 * 1024;

    /// <summary>Gets or sets how many bytes of content are kept of all requests together; 1 KiB to 1 GiB. That of the oldest goes first. The default is 16 MiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not within these bounds.</exception>
    public int ContentBytes { get; set => field = Within(value, 1024, 1024 * 1024 * 1024); } = 16 * 1024 * 1024;

    private static int Within(int value, int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
        return value;
    }
}
