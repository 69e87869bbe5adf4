using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using RouterGen.Tool.Commands;

namespace RouterGen.Tool.Top;

/// <summary>Processes as .NET's diagnostics port shows them: nothing need be set up in a program for it.</summary>
/// <param name="time">The clock.</param>
internal sealed class DiagnosticProcesses(TimeProvider time) : IRouterProcesses
{
    private const string Source = "System.Diagnostics.Metrics";

    // https://github.com/dotnet/runtime, MetricsEventSource: the keyword of published values.
    private const long TimeSeriesValues = 0x2;

    private const int MaxSeries = 5000;

    // A process lists its instruments at once.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<IReadOnlyList<RouterProcess>> ListAsync(CancellationToken cancellationToken)
    {
        int own = Environment.ProcessId;
        Task<RouterProcess?>[] asked = [.. DiagnosticsClient.GetPublishedProcesses().Where(id => id != own).Select(id => AskAsync(id, cancellationToken))];
        RouterProcess?[] found = await Task.WhenAll(asked).ConfigureAwait(false);
        return [.. found.OfType<RouterProcess>().OrderBy(process => process.Id)];
    }

    public IReadOnlyList<RouterProcess> Named(string name) => [.. DiagnosticsClient.GetPublishedProcesses().Select(id => new RouterProcess(id, NameOf(id))).Where(process => process.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];

    public string NameOf(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.ProcessName;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return "";
        }
    }

    public async IAsyncEnumerable<MetricEvent> WatchAsync(int processId, double intervalSeconds, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using EventPipeSession session = await StartAsync(processId, intervalSeconds, cancellationToken).ConfigureAwait(false);
        var events = Channel.CreateUnbounded<MetricEvent>(new UnboundedChannelOptions { SingleReader = true });
        Task reading = Read(session, events.Writer);
        CancellationTokenRegistration stop = cancellationToken.Register(() => _ = StopAsync(session));
        try
        {
            await foreach (MetricEvent happened in events.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false)) yield return happened;
        }
        finally
        {
            await stop.DisposeAsync().ConfigureAwait(false);
            await StopAsync(session).ConfigureAwait(false);
            await session.EventStream.DisposeAsync().ConfigureAwait(false); // Whatever the process does now, nothing more is read.
            _ = reading;
        }
    }

    private static async Task<EventPipeSession> StartAsync(int processId, double intervalSeconds, CancellationToken cancellationToken)
    {
        var arguments = new Dictionary<string, string>
        {
            ["SessionId"] = "SHARED", // Others may watch too, with the same interval.
            ["ClientId"] = string.Create(CultureInfo.InvariantCulture, $"routergen-top-{Environment.ProcessId}"),
            ["Metrics"] = TopMetrics.Meter,
            ["RefreshInterval"] = intervalSeconds.ToString("R", CultureInfo.InvariantCulture),
            ["MaxTimeSeries"] = MaxSeries.ToString(CultureInfo.InvariantCulture),
            ["MaxHistograms"] = MaxSeries.ToString(CultureInfo.InvariantCulture),
        };
        try
        {
            return await new DiagnosticsClient(processId).StartEventPipeSessionAsync([new(Source, EventLevel.Informational, TimeSeriesValues, arguments)], requestRundown: false, circularBufferMB: 64, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DiagnosticsClientException or TimeoutException or IOException or UnauthorizedAccessException)
        {
            throw ToolException.Problem($"process {processId} cannot be watched: it is no .NET process of this user, or its diagnostics port is switched off (DOTNET_EnableDiagnostics=0).");
        }
    }

    private async Task<RouterProcess?> AskAsync(int processId, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await HasRouterAsync(processId, ending.Token).WaitAsync(ending.Token).ConfigureAwait(false) ? new(processId, NameOf(processId)) : null;
        }
        catch (ToolException)
        {
            // It may have ended, or is another user's.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It did not answer.
        }

        return null;
    }

    private async Task<bool> HasRouterAsync(int processId, CancellationToken cancellationToken)
    {
        await foreach (MetricEvent happened in WatchAsync(processId, 1, cancellationToken).ConfigureAwait(false))
        {
            if (happened.Kind is MetricKind.Announcement) return happened.Instrument.Length > 0;
        }

        return false;
    }

#pragma warning disable RS0030 // The reader of the stream has no asynchronous form: it blocks a thread for as long as it reads.
    private static Task Read(EventPipeSession session, ChannelWriter<MetricEvent> events) => Task.Run(() =>
#pragma warning restore RS0030
    {
        try
        {
            using var source = new EventPipeEventSource(session.EventStream);
            source.Dynamic.All += happened =>
            {
                if (MetricEvents.Read(happened.EventName, name => happened.PayloadByName(name)) is { } read) events.TryWrite(read);
            };
            source.Process();
            events.Complete();
        }
        catch (Exception)
        {
            // The stream breaks off where the process ends.
            events.Complete();
        }
    });

    private async Task StopAsync(EventPipeSession session)
    {
        using var timeout = new CancellationTokenSource(Patience, time);
        try
        {
            await session.StopAsync(timeout.Token).WaitAsync(timeout.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DiagnosticsClientException or IOException or TimeoutException or ObjectDisposedException or OperationCanceledException)
        {
            // The process has ended, and with it the session, or it does not answer.
        }
    }
}
