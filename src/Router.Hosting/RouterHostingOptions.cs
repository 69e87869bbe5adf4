namespace RouterGen;

/// <summary>How the routers of an application use its host.</summary>
public sealed class RouterHostingOptions
{
    /// <summary>The name of the client of <see cref="IHttpClientFactory"/> through which requests go, unless another is set.</summary>
    public const string DefaultHttpClientName = "RouterGen";

    /// <summary>
    /// Gets or sets whether requests go through a client of <see cref="IHttpClientFactory"/>. Default: true. Otherwise each router has the connections that it has
    /// without a host; a transport that was set for a class (<see cref="RouterOptions.Transport"/>) goes before both.
    /// </summary>
    public bool UseHttpClientFactory { get; set; } = true;

    /// <summary>
    /// Gets or sets the name of that client. Its handlers are set up for keys and streams: redirects are not followed, connections are renewed every two minutes,
    /// nothing that the factory logs holds a header. What the application states of the client (<c>AddHttpClient(name)</c>) after
    /// <c>AddRouterGenHosting</c> comes on top. Default: <see cref="DefaultHttpClientName"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string HttpClientName
    {
        get;
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            field = value;
        }
    }

    = DefaultHttpClientName;

    /// <summary>
    /// Gets or sets whether handlers that retry stay in front of the client, such as those that <c>AddStandardResilienceHandler()</c> adds to all clients. Default:
    /// false; they are removed, since each of their attempts would multiply the attempts of RouterGen, without its knowledge of limits and cooldowns. Either is logged when the
    /// application starts.
    /// </summary>
    public bool KeepResilienceHandlers { get; set; }

    /// <summary>Gets or sets whether the configuration is checked when the application starts. Default: true.</summary>
    public bool CheckOnStart { get; set; } = true;

    /// <summary>
    /// Gets or sets whether mistakes that the check finds stop the application, with one <see cref="RouterConfigurationException"/> that lists them all. Default: true. Otherwise they are
    /// logged as errors, and the application starts.
    /// </summary>
    public bool FailOnStart { get; set; } = true;

    /// <summary>
    /// Gets or sets whether a variable that is not set (a key) is a mistake for each deployment. Default: false; it is a warning where the group has another deployment that can be
    /// used.
    /// </summary>
    public bool RequireAllKeys { get; set; }
}
