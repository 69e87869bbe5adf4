namespace RouterGen;

/// <summary>The version of HTTP that requests ask for.</summary>
/// <param name="Version">The version.</param>
/// <param name="Policy">Whether another one will do.</param>
internal readonly record struct HttpProtocol(Version Version, HttpVersionPolicy Policy)
{
    /// <summary>Asks for the version. A synchronous request stays with HTTP/1.1 where that will do: <see cref="SocketsHttpHandler"/> sends nothing newer synchronously.</summary>
    public void ApplyTo(HttpRequestMessage request, bool async)
    {
        if (!async && Version.Major > 1 && Policy is HttpVersionPolicy.RequestVersionOrLower) return;
        request.Version = Version;
        request.VersionPolicy = Policy;
    }
}
