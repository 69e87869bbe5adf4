using RouterGen;

/// <summary>Asks a model once a minute. A group is a service, which is asked for by its type.</summary>
public sealed class Worker(Models.ChatGroup chat, ILogger<Worker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
        do
        {
            try
            {
                RoutedResponse reply = await chat.CompleteAsync("Give me a word for today.", cancellationToken: stoppingToken);
                log.LogInformation("{Text} [{Model}, ${Cost}]", reply.Text, reply.ModelUsed, reply.Cost);
            }
            catch (RoutingException failure)
            {
                log.LogError("No model answers now: {Kind}.", failure.Kind); // The next round may have an answer.
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
