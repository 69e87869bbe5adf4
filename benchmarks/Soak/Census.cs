using System.Net.NetworkInformation;
using RouterGen.FakeProviders;

namespace RouterGen.Benchmarks.Soak;

/// <summary>What is there while nobody calls.</summary>
/// <param name="Calls">How many calls there had been.</param>
/// <param name="Heap">Bytes on the managed heap after full collections.</param>
/// <param name="Timers">Timers that are scheduled in the process.</param>
/// <param name="Connections">Open connections to the providers.</param>
/// <param name="HalfOpen">Connections that the providers have closed and the process has not.</param>
/// <param name="Responses">Responses that have not been disposed.</param>
/// <param name="InFlight">Calls that deployments think are under way.</param>
/// <param name="InFlightThere">Calls that the providers think are under way.</param>
internal sealed record Census(long Calls, long Heap, long Timers, int Connections, int HalfOpen, int Responses, int InFlight, int InFlightThere)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<Census> TakeAsync(long calls, Fleet fleet, FakeProviderProcess providers, ResponseCount responses)
    {
        ChatGroup[] groups = [fleet.Storm, fleet.Narrow, fleet.Scarce, fleet.Reserve];

        // The providers need a moment to see that a connection was dropped.
        int there;
        long start = TimeProvider.System.GetTimestamp();
        do
        {
            there = 0;
            foreach (string deployment in groups.SelectMany(static group => group.Deployments).Select(static deployment => $"{deployment.Provider}/{deployment.Model}").Distinct())
                there += (await providers.CountersAsync(deployment)).InFlight;
        }
        while (there > 0 && TimeProvider.System.GetElapsedTime(start) < Patience);

        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        TcpConnectionInformation[] connections = [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections().Where(connection => connection.RemoteEndPoint.Port == providers.BaseAddress.Port)];
        return new Census(
            calls,
            GC.GetTotalMemory(forceFullCollection: true),
            Timer.ActiveCount,
            connections.Count(static connection => connection.State is TcpState.Established),
            connections.Count(static connection => connection.State is TcpState.CloseWait),
            responses.Open,
            groups.Sum(static group => group.Status.Sum(static status => status.InFlight)),
            there);
    }
}
