using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace RouterGen.FakeProviders;

/// <summary>How a <see cref="FakeProviderServer"/> is started.</summary>
public sealed record FakeProviderOptions
{
    /// <summary>The loopback port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>What delays wait on, and the source of dates in answers.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The access keys of AWS that the server knows, by their IDs.</summary>
    public IReadOnlyDictionary<string, FakeAwsKey> AwsKeys { get; init; } = new Dictionary<string, FakeAwsKey>();

    /// <summary>Whether deployments keep their latest requests; each can still change it for itself.</summary>
    public bool RecordRequests { get; init; } = true;

    /// <summary>How the server listens: its certificate and versions of HTTP. Unset: HTTP/1.1 without TLS.</summary>
    public Action<ListenOptions>? Listen { get; init; }
}
