extern alias Runtime;

using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Specs;
using RouterGen.Dynamic.Groups;
using RouterGen.Tool.Commands;
using Runtime::RouterGen;
using Runtime::RouterGen.Infrastructure;

namespace RouterGen.Tool.Doctor;

/// <summary>What came of a small call.</summary>
/// <param name="Milliseconds">How long the answer took, without the search for an identity; null where there was none.</param>
/// <param name="Finding">What was found; null where all is well.</param>
/// <param name="Seen">What was seen on the way; null where nothing was sent.</param>
internal sealed record CallOutcome(double? Milliseconds, Finding? Finding, SeenConnection? Seen = null);

/// <summary>Asks a deployment as the program would: with its codec, its platform, and its key or identity, in one attempt.</summary>
internal static class DeploymentCall
{
    // Entra ID and Google are asked, or a tool of theirs is run, before anything is sent.
    private static readonly TimeSpan TimeoutWithIdentity = TimeSpan.FromSeconds(40);

    /// <summary>Makes the smallest call.</summary>
    public static async Task<CallOutcome> RunAsync(DeploymentSpec deployment, ProviderAddress address, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        if (SmallCall.WhyNot(deployment.Kind) is { } reason) return new(null, new(FindingLevel.Ok, "call", $"not asked for {Named(deployment)}: {reason}"));
        using var way = new WatchedWay(environment.Handler(), environment.Time);
        using var transport = new HttpMessageInvoker(way);
        using var router = new RouterContext(new RouterOptions { Transport = transport, TimeProvider = environment.Time, Variables = environment.Variable });
        ModelGroup group = MadeGroup.Of(Alone(deployment), router).Group;
        TimeSpan limit = address.Identity is null ? AddressProbe.Timeout : TimeoutWithIdentity;
        var routing = new CallOptions { Deployment = deployment.Name, DisableFallbacks = true, MaxAttempts = 1, Timeout = limit, AttemptTimeout = limit, MaxWait = TimeSpan.Zero };
        try
        {
            await SmallCall.RunAsync(group, deployment, routing, cancellationToken).ConfigureAwait(false);
            return new(Math.Round(way.Elapsed.TotalMilliseconds), null, way.Seen);
        }
        catch (RoutingException exception)
        {
            return new(null, RefusalAdvice.Of(exception, deployment, address, limit), way.Seen);
        }
    }

    // Each in a group and a router of its own: what one is refused says nothing of the next, which is asked all the same.
    private static GroupSpec Alone(DeploymentSpec deployment)
    {
        // A shadow answers no call.
        DeploymentSpec asked = deployment with { Settings = deployment.Settings.With(DeploymentProperties.MirrorShare, null) };
        return new("doctor", "Doctor", "DoctorGroup", new SettingValues(default), null, new[] { asked }.ToEquatableArray(), default) { Kind = deployment.Kind };
    }

    private static string Named(DeploymentSpec deployment) => deployment.Kind.ToString().ToLowerInvariant();

    /// <summary>What requests are sent through, and what is seen on the way. It times the last one.</summary>
    private sealed class WatchedWay : DelegatingHandler
    {
        private readonly SocketsHttpHandler _sockets;
        private readonly TimeProvider _time;
        private long _start;

        public WatchedWay(SocketsHttpHandler sockets, TimeProvider time) : base(sockets)
        {
            _sockets = Seen.Watch(sockets);
            _time = time;
        }

        public SeenConnection Seen { get; } = new();

        public TimeSpan Elapsed => _time.GetElapsedTime(_start);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _start = _time.GetTimestamp();
            Seen.NoteWay(_sockets, request.RequestUri!);
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            Seen.NoteAnswer(response, _time);
            return response;
        }
    }
}
