using System.Net;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// A deployment's addresses, its headers, and what its requests are authorised with, as variables say at one moment. Nothing here is
/// public or prints itself: a key leaves only in a request to its own deployment.
/// </summary>
internal sealed class Credentials
{
    private const string Redacted = "***";
    private const string ClearText = "would send the key in clear text: use https";
    private const int ShortestSecret = 8;
    private const int TellingEnd = 4;
    private const int TellingStart = 12; // longer than the prefixes that all keys of a provider share, such as sk-ant-

    private readonly Uri? _streamAddress;
    private string? _endpoint;

    private Credentials(Uri? address, Uri? streamAddress, DeploymentHeaders headers, Authorizer authorizer, string? problem, bool takesKeys)
    {
        Address = address;
        _streamAddress = streamAddress;
        TakesKeys = takesKeys;
        Headers = headers;
        Authorizer = authorizer;
        Problem = problem;
    }

    /// <summary>Gets where requests for whole answers go; null where the endpoint or a header is not valid, and then no key helps.</summary>
    public Uri? Address { get; }

    /// <summary>Returns where requests go.</summary>
    /// <param name="streaming">Whether the answer is to be streamed.</param>
    public Uri? AddressFor(bool streaming) => streaming ? _streamAddress : Address;

    /// <summary>Returns where a request goes: to the dialect's other path where it is of those.</summary>
    /// <param name="request">The request.</param>
    /// <param name="definition">The deployment.</param>
    public Uri? AddressFor(CallRequest request, DeploymentDefinition definition) =>
        request.GoesElsewhere && definition.Codec.Elsewhere is { } elsewhere ? AddressOf(definition, elsewhere) : AddressFor(request.IsStreaming);

    /// <summary>Returns where requests go that are no calls (<see cref="SideRequest"/>), or go to another path; null where that is no valid address.</summary>
    /// <param name="definition">The deployment.</param>
    /// <param name="codec">How such requests are written.</param>
    public Uri? AddressOf(DeploymentDefinition definition, Codec codec)
    {
        if (_endpoint is not { } endpoint) return null;

        // An endpoint may be the whole address of calls, with a query behind it.
        string calls = definition.Codec.PathFor(streaming: false);
        int query = endpoint.IndexOf('?', StringComparison.Ordinal);
        string start = query < 0 ? endpoint : endpoint[..query];
        if (start.EndsWith(calls, StringComparison.Ordinal)) endpoint = start[..^calls.Length] + endpoint[start.Length..];
        return Uri.TryCreate(definition.Platform.AddressOf(endpoint, codec, streaming: false), UriKind.Absolute, out Uri? address) && IsHttp(address) ? address : null;
    }

    /// <summary>Gets whether a call may bring a key: the endpoint is valid, and none can read on its way what is sent there.</summary>
    public bool TakesKeys { get; }

    /// <summary>Gets the headers of the deployment's own.</summary>
    public DeploymentHeaders Headers { get; }

    /// <summary>Gets what requests are authorised with.</summary>
    public Authorizer Authorizer { get; }

    /// <summary>Gets the client that is asked in place of sending requests; null where they are sent. Keys of callers do not concern it.</summary>
    public ConnectedClient? Client { get; private init; }

    /// <summary>Gets what answers in place of the provider; null where requests are sent.</summary>
    public DeploymentScript? Script { get; private init; }

    /// <summary>Gets whether requests are sent, which a caller's key may authorise.</summary>
    public bool SendsRequests => Client is null && Script is null;

    /// <summary>Gets why the deployment cannot be used; null where it can. Names variables, never values: see <see cref="VariableName"/>.</summary>
    public string? Problem { get; }

    /// <summary>Gets whether <see cref="Problem"/> is that a variable is not set.</summary>
    public bool IsVariableMissing { get; private init; }

    /// <summary>Looks up what variables say now, and finds or makes the client of a deployment that has one.</summary>
    public static Credentials Resolve(DeploymentDefinition definition, PlatformContext platforms, ClientRegistry? clients = null, string group = "")
    {
        try
        {
            return ResolveFrom(definition, platforms, clients ?? new ClientRegistry(), group);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return Unusable($"RouterOptions.Variables failed: {exception.GetType().Name}");
        }
    }

    /// <summary>Resolves again.</summary>
    /// <returns>The same object where nothing has changed.</returns>
    public Credentials Renew(DeploymentDefinition definition, PlatformContext platforms, ClientRegistry clients, string group)
    {
        Credentials renewed = ResolveFrom(definition, platforms, clients, group);
        bool isSame = renewed.Client == Client && renewed.Script == Script && renewed.Address == Address && renewed._streamAddress == _streamAddress && renewed.Problem == Problem
            && renewed.Authorizer.Identity == Authorizer.Identity && renewed.Headers.Identity == Headers.Identity;
        return isSame ? this : renewed;
    }

    private static Credentials ResolveFrom(DeploymentDefinition definition, PlatformContext platforms, ClientRegistry clients, string group)
    {
        Func<string, string?> variables = platforms.Variables;
        if (clients.ScriptOf(group, definition) is { } script) return new(null, null, DeploymentHeaders.None, KeyHeaderPlatform.None, problem: null, takesKeys: false) { Script = script };
        if (TryClient(definition, platforms, clients, group) is { } asked) return asked;
        string? overriding = definition.EndpointVariable is { } endpointVariable ? variables(endpointVariable)?.Trim() : null;
        bool overridden = !string.IsNullOrEmpty(overriding);
        VariableProblem? unfilled = null;
        string? endpoint = overridden ? Complete(HostEndpoint.Of(overriding!.TrimEnd('/'), definition.Endpoint), definition) : EndpointTemplate.Fill(definition.Endpoint.TrimEnd('/'), variables, out unfilled);
        if (endpoint is null) return Unusable(unfilled!);
        string place = overridden ? $"the endpoint in {VariableName.Show(definition.EndpointVariable!, "EndpointEnv")}" : "its endpoint";
        if (!TryAddress(definition, endpoint, streaming: false, out Uri? address) || !TryAddress(definition, endpoint, streaming: true, out Uri? streamAddress))
            return Unusable($"{place} must be an absolute https URL (http on a loopback address, or for a server that takes no key)");
        if (DeploymentHeaders.Resolve(definition, variables, out VariableProblem? invalid) is not { } headers) return Unusable(invalid!);

        CredentialSource? chosen = platforms.CredentialsOf(definition.Name, definition.Provider);
        string? key = FindKey(definition, variables, chosen is not null, out string? variable);
        VariableProblem? problem = ProblemOf(key, variable);
        Authorizer authorizer = problem is not null ? KeyHeaderPlatform.None
            : key is null && chosen is not null ? chosen.CreateAuthorizer(platforms)
            : definition.Platform.CreateAuthorizer(key, platforms);
        var credentials = new Credentials(address, streamAddress, headers, authorizer, problem?.Text, definition.AllowInsecureHttp || (IsSecret(address!) && IsSecret(streamAddress!)))
        {
            _endpoint = endpoint,
            IsVariableMissing = problem is { IsUnset: true },
        };
        bool sendsKey = definition.KeyVariable is not null || authorizer.Identity is not null;
        return sendsKey && !credentials.TakesKeys ? Unusable($"{place} {ClearText}") : credentials;
    }

    /// <summary>What a deployment is asked with that has a client; null where it has none.</summary>
    private static Credentials? TryClient(DeploymentDefinition definition, PlatformContext platforms, ClientRegistry clients, string group)
    {
        if (OfClient(KeyHeaderPlatform.None, () => clients.Given(group, definition)) is { } given) return given;
        if (definition.Codec is not ClientCodec codec) return null;
        string? key = FindKey(definition, platforms.Variables, isChosen: false, out string? variable);
        if (ProblemOf(key, variable) is { } problem) return Unusable(problem);
        Authorizer authorizer = key is null ? KeyHeaderPlatform.None : KeyHeaderPlatform.Bearer.CreateAuthorizer(key, platforms); // It knows what no message may say.
        return OfClient(authorizer, () => clients.Make(group, definition, codec, key));
    }

    private static Credentials? OfClient(Authorizer authorizer, Func<ConnectedClient?> find)
    {
        Credentials Of(ConnectedClient? client) => new(null, null, DeploymentHeaders.None, authorizer, problem: null, takesKeys: false) { Client = client };
        try
        {
            return find() is { } client ? Of(client) : null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return Unusable("its client could not be made: " + Of(client: null).Redact($"{exception.GetType().Name}: {exception.Message}"));
        }
    }

    private static VariableProblem? ProblemOf(string? key, string? variable) =>
        variable is null ? null
        : key is null ? new($"{VariableName.Show(variable, "ApiKeyEnv")} is not set", IsUnset: true)
        : !KeySyntax.IsValid(key) ? new($"{VariableName.Show(variable, "ApiKeyEnv")} holds a character that no key has")
        : null;

    /// <summary>Finds the key.</summary>
    /// <param name="definition">The deployment.</param>
    /// <param name="variables">What variables hold.</param>
    /// <param name="isChosen">Whether the router's options name what authorises requests without one.</param>
    /// <param name="variable">The variable that holds it, or is to hold it; null where no key is needed.</param>
    private static string? FindKey(DeploymentDefinition definition, Func<string, string?> variables, bool isChosen, out string? variable)
    {
        variable = definition.KeyVariable;
        foreach (string name in variable is null ? definition.OtherKeyVariables : definition.OtherKeyVariables.Prepend(variable))
        {
            if (variables(name)?.Trim() is not { Length: > 0 } key) continue;
            variable = name;
            return key;
        }

        if (isChosen || definition.Platform.HasCredentials) variable = null;
        return null;
    }

    // A value that ends with the dialect's path is the whole address.
    private static string Complete(string endpoint, DeploymentDefinition definition) =>
        definition.EndpointSuffix is not { } suffix || endpoint.EndsWith(suffix, StringComparison.Ordinal) || endpoint.EndsWith(definition.Codec.PathFor(streaming: false), StringComparison.Ordinal)
            ? endpoint
            : endpoint + suffix;

    private static bool TryAddress(DeploymentDefinition definition, string endpoint, bool streaming, out Uri? address) =>
        Uri.TryCreate(definition.Platform.AddressOf(endpoint, definition.Codec, streaming), UriKind.Absolute, out address) && IsHttp(address);

    /// <summary>Returns the same addresses with another key, which <see cref="KeySyntax"/> has let pass.</summary>
    public Credentials WithKey(string key, DeploymentDefinition definition, PlatformContext platforms) =>
        TakesKeys ? new(Address, _streamAddress, Headers, definition.Platform.CreateAuthorizer(key, platforms), null, takesKeys: true) { _endpoint = _endpoint }
        : Address is null ? this
        : Unusable($"its endpoint {ClearText}");

    /// <summary>Takes the key, or the beginning of it, out of a text that came from outside: a provider may echo it, and the text may be cut.</summary>
    /// <returns>The text itself where it says no key.</returns>
    public string Redact(string text)
    {
        foreach (string secret in Authorizer.SecretTexts) text = Redact(text, secret);
        foreach (string secret in Headers.SecretTexts) text = Redact(text, secret);
        return text;
    }

    private static string Redact(string text, string secret)
    {
        // What local servers are given for a key ("none", "x") is no secret, and part of many words.
        if (secret.Length < ShortestSecret) return text;
        ReadOnlySpan<char> start = secret.AsSpan(0, Math.Min(TellingStart, secret.Length));
        for (int at = text.AsSpan().IndexOf(start); at >= 0; at = text.AsSpan().IndexOf(start))
        {
            int length = text.AsSpan(at).CommonPrefixLength(secret);
            text = string.Concat(text.AsSpan(0, at), Redacted, text.AsSpan(at + length));
        }

        return WithoutCutKey(text, secret);
    }

    /// <summary>A long message has been cut, perhaps within the key: then less of it gives it away.</summary>
    private static string WithoutCutKey(string text, string key)
    {
        if (!text.EndsWith('…')) return text;
        ReadOnlySpan<char> kept = text.AsSpan(0, text.Length - 1);
        for (int length = Math.Min(kept.Length, TellingStart); length >= TellingEnd; length--)
        {
            if (kept.EndsWith(key.AsSpan(0, Math.Min(length, key.Length)))) return string.Concat(kept[..^length], Redacted, "…");
        }

        return text;
    }

    /// <summary>Gets the key, or what is used in its place, and where; null where requests are not authorised, or the deployment cannot be used.</summary>
    public KeyIdentity? Identity => Authorizer.Identity is not { } identity || Address is null ? null : new KeyIdentity(Address.GetLeftPart(UriPartial.Authority), identity + Headers.Identity);

    /// <summary>
    /// Returns what tells deployments apart that are reached at one address: their key and headers. A key that is still missing is told
    /// by its variable, since it may come.
    /// </summary>
    public string? SharingIdentity(DeploymentDefinition definition)
    {
        string? key = Authorizer.Identity ?? (Problem is not null && definition.KeyVariable is { } variable ? "$" + variable : null);
        return Headers.Identity.Length == 0 ? key : key + Headers.Identity;
    }

    private static Credentials Unusable(string problem) => Unusable(new VariableProblem(problem));

    private static Credentials Unusable(VariableProblem problem) =>
        new(null, null, DeploymentHeaders.None, KeyHeaderPlatform.None, problem.Text, takesKeys: false) { IsVariableMissing = problem.IsUnset };

    private static bool IsHttp(Uri address) => address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp;

    // Whether none can read on its way what is sent there.
    private static bool IsSecret(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || address.IsLoopback || (IPAddress.TryParse(address.Host, out IPAddress? ip) && IPAddress.IsLoopback(ip));
}
