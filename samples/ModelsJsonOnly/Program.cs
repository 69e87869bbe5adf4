using ModelsJsonOnly; // the project's root namespace: there the build puts the class that models.json names
using RouterGen;
using RouterGen.FakeProviders;
using RouterGen.Samples;

await using SampleProviders providers = await SampleProviders.StartAsync();
Models.Configure(providers.Options);

RoutedResponse first = await Models.Chat.CompleteAsync("Hello");
Console.WriteLine($"{first.Text}  [{first.ModelUsed}]");

// Both deployments of the group go down: its fallback group answers.
providers["openai/gpt-6-luna"].Always(Fault.Status(503));
providers["anthropic/claude-haiku-5-5"].Always(Fault.Status(503));
RoutedResponse last = await Models.Chat.CompleteAsync("Still there?");
Console.WriteLine($"{last.Text}  [{last.ModelUsed}, after {last.Attempts.Count} attempts]");
Console.WriteLine(Models.FallbackGraph.TrimEnd());
return last.ModelUsed == "mistral/mistral-small-latest" ? 0 : 1;
