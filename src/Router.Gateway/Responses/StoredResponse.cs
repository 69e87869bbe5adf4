namespace RouterGen;

/// <summary>A response that a client asked the gateway to keep, with what it answers.</summary>
public sealed record StoredResponse
{
    /// <summary>Gets whose it is: the key's <see cref="GatewayAccount.SpendId"/>, which stays when the key is replaced; empty for the master key, and where no key is asked for.</summary>
    public required string Owner { get; init; }

    /// <summary>Gets the id, as the client knows it. Ids of two owners may be the same.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the id of the response that this one goes on from; null where it begins a conversation.</summary>
    public string? PreviousId { get; init; }

    /// <summary>Gets when it was kept.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when it ends: from then on it is not found.</summary>
    public DateTimeOffset Expires { get; init; }

    /// <summary>Gets the provider and model that answered, for example <c>openai/gpt-6-luna</c>.</summary>
    public string Model { get; init; } = "";

    /// <summary>Gets the object of the response, JSON in UTF-8.</summary>
    public required ReadOnlyMemory<byte> Response { get; init; }

    /// <summary>Gets the items of the request's own input, without those of <see cref="PreviousId"/>: a JSON array in UTF-8.</summary>
    public required ReadOnlyMemory<byte> Input { get; init; }
}
