using RouterGen;
using RouterGen.FakeProviders;
using RouterGen.Samples;

await using SampleProviders providers = await SampleProviders.StartAsync();
var models = new Models(providers.Options);

// Provisioned throughput is paid for anyway, so it goes first.
await AskAsync("All is well", 1);

// It is used up: Azure answers 429 with a wait. The call goes on at once, and the resource is left alone for that long.
providers["ptu/gpt-ptu"].Next(Fault.RateLimited(TimeSpan.FromSeconds(20)));
await AskAsync("The provisioned resource is full", 4);

// One region is down: the other one answers, and only the deployment that failed cools down.
providers["east/gpt"].Always(Fault.Status(503));
await AskAsync("The east is down", 4);

foreach (Deployment deployment in models.Chat.Deployments)
    Console.WriteLine($"  {deployment.Name,-4} {(models.Chat.Status.Single(status => status.Name == deployment.Name).CooldownRemaining is { Ticks: > 0 } rest ? $"cools down for {rest.TotalSeconds:F0} s" : "takes calls")}");
return 0;

async Task AskAsync(string scene, int calls)
{
    Console.WriteLine(scene);
    for (int call = 0; call < calls; call++)
    {
        RoutedResponse reply = await models.Chat.CompleteAsync("Hello");
        string failed = string.Concat(reply.Attempts.SkipLast(1).Select(attempt => $", after {attempt.Deployment}: {attempt.Outcome}"));
        Console.WriteLine($"  answered by {reply.Deployment} for ${reply.Cost}{failed}");
    }
}

/// <summary>
/// Three resources, each with its own key; of the two behind the first, the one whose quota is used less is asked. What follows the slash is the name of the deployment in Azure. The endpoints'
/// variables are for the fakes of this sample: a resource alone is enough.
/// </summary>
[ModelGroup("chat", Strategy = RoutingStrategy.LowestUsage)]
[Deployment("azure/gpt-ptu", Name = "ptu", BaseModel = "gpt-6-luna", Resource = "contoso-ptu", ApiKeyEnv = "PTU_KEY", EndpointEnv = "PTU_ENDPOINT", InputPrice = 0, OutputPrice = 0)]
[Deployment("azure/gpt", Name = "east", BaseModel = "gpt-6-luna", Resource = "contoso-east", ApiKeyEnv = "EAST_KEY", EndpointEnv = "EAST_ENDPOINT", Rpm = 600, Order = 1)]
[Deployment("azure/gpt", Name = "west", BaseModel = "gpt-6-luna", Resource = "contoso-west", ApiKeyEnv = "WEST_KEY", EndpointEnv = "WEST_ENDPOINT", Rpm = 600, Order = 1)]
internal sealed partial class Models;
