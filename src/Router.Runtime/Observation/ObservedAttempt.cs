using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>One attempt at one deployment, as an <see cref="IRouterObserver"/> sees it. How it went is set when it has ended.</summary>
public sealed class ObservedAttempt
{
    private string? _id;

    internal ObservedAttempt(ObservedCall? call, AttemptPurpose purpose, CallRequest request, string group, string deployment, string provider, string model)
    {
        Call = call;
        Purpose = purpose;
        Request = request;
        Group = group;
        Deployment = deployment;
        Provider = provider;
        Model = model;
    }

    /// <summary>Gets the number of the attempt, which no other attempt has: 32 hexadecimal digits.</summary>
    public string Id => _id ?? ObservationId.Make(ref _id);

    /// <summary>Gets the call that it belongs to; null for what the router sends by itself (<see cref="Purpose"/>).</summary>
    public ObservedCall? Call { get; }

    /// <summary>Gets what it is for.</summary>
    public AttemptPurpose Purpose { get; }

    /// <summary>Gets the name of the group that the deployment serves: a fallback group's, where that took over.</summary>
    public string Group { get; }

    /// <summary>Gets the deployment's name.</summary>
    public string Deployment { get; }

    /// <summary>Gets the provider's name, for example <c>anthropic</c>.</summary>
    public string Provider { get; }

    /// <summary>Gets the model as the provider knows it.</summary>
    public string Model { get; }

    /// <summary>Gets the host that is asked; null where a client is asked.</summary>
    public string? ServerAddress { get; internal init; }

    /// <summary>Gets the port that is asked; 0 where a client is asked.</summary>
    public int ServerPort { get; internal init; }

    /// <summary>Gets whether it is paid for with a key of the caller's own.</summary>
    public bool IsCallersKey { get; internal init; }

    /// <summary>Gets which attempt of its call it is, from 1; 0 where it belongs to none.</summary>
    public int Number { get; internal init; }

    /// <summary>Gets when it began.</summary>
    public DateTimeOffset StartedAt { get; internal init; }

    /// <summary>Gets how long it took, for a stream to its end; zero before.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>Gets the time from its start to the first content of a stream; null before, and for answers in one piece.</summary>
    public TimeSpan? TimeToFirstToken { get; internal set; }

    /// <summary>Gets how it failed; <see cref="FailureKind.None"/> where it did not, or is still under way.</summary>
    public FailureKind Outcome { get; internal set; }

    /// <summary>Gets the HTTP status code of a failure, where there was a response.</summary>
    public int? StatusCode { get; internal set; }

    /// <summary>Gets the provider's own code or type of the error; null where it gave none. Never contains a key.</summary>
    public string? ErrorCode { get; internal set; }

    /// <summary>Gets what the provider counted, or where it said nothing of a stream that was cut, what it is likely to bill (<see cref="IsEstimated"/>); null where neither is known.</summary>
    public UsageDetails? Usage { get; internal set; }

    /// <summary>Gets whether <see cref="Usage"/> and <see cref="Cost"/> are estimated, because the stream was cut.</summary>
    public bool IsEstimated { get; internal set; }

    /// <summary>Gets what it cost in USD; null where no price or no usage is known.</summary>
    public decimal? Cost { get; internal set; }

    /// <summary>Gets what was asked for, where content is captured (<see cref="RouterOptions.CaptureMessageContent"/>); else null. It may be private, and must not be changed.</summary>
    public CallRequest? CapturedRequest => CapturesContent ? Request : null;

    /// <summary>Gets the answer of a chat, where content is captured (<see cref="RouterOptions.CaptureMessageContent"/>) and there was one; else null. It may be private, and must not be changed.</summary>
    public ChatResponse? CapturedAnswer { get; internal set; }

    /// <summary>Gets the span of the attempt, for tags of your own while it is under way; null where none is recorded.</summary>
    public Activity? Span { get; internal set; }

    /// <summary>Gets whether observers see what was asked and answered.</summary>
    internal bool CapturesContent { get; init; }

    /// <summary>Gets what was asked for.</summary>
    internal CallRequest Request { get; }

    /// <summary>Gets the provider's name in the conventions of telemetry.</summary>
    internal string TelemetryProvider { get; init; } = "";

    /// <summary>Gets or sets when the last chunk of a stream arrived, in ticks of the router's clock.</summary>
    internal long LastChunkAt { get; set; }
}

/// <summary>What an attempt is for.</summary>
public enum AttemptPurpose
{
    /// <summary>To answer a call.</summary>
    Call,

    /// <summary>To measure a deployment, or to find out whether it works again.</summary>
    Probe,

    /// <summary>To give a shadow deployment the copy of a call.</summary>
    Shadow,
}
