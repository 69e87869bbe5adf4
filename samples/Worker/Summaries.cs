using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RouterGen;

namespace Worker;

/// <summary>Summarises the tickets of a queue, then ends the program. A group is a service: it is asked for by its type.</summary>
internal sealed class Summaries(Models.SummariesGroup group, IHostApplicationLifetime lifetime, ILogger<Summaries> log) : BackgroundService
{
    private static readonly string[] Tickets =
    [
        "The lamp arrived broken.",
        "Where is my invoice of May?",
        "The desk wobbles on a flat floor.",
        "Please cancel order B-1742.",
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        decimal cost = 0;
        foreach (string ticket in Tickets)
        {
            try
            {
                RoutedResponse reply = await group.CompleteAsync($"In three words: {ticket}", cancellationToken: stoppingToken);
                cost += reply.Cost ?? 0;
                Console.WriteLine($"{reply.ModelUsed,-28} {reply.Text}");
            }
            catch (RoutingException failure)
            {
                log.LogError("A ticket was not summarised ({Kind}); the queue goes on.", failure.Kind);
            }
        }

        Console.WriteLine($"{Tickets.Length} tickets for ${cost}");
        lifetime.StopApplication();
    }
}
