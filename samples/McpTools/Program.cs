using McpTools;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Client;
using RouterGen;
using RouterGen.Samples;

await using SampleProviders providers = await SampleProviders.StartAsync();
var models = new Models(providers.Options);

// A server of your own or of others: here one in this process. One that is a program is reached by a StdioClientTransport.
await using LibraryServer server = LibraryServer.Start();
await using McpClient client = await McpClient.CreateAsync(server.ClientTransport);
IList<McpClientTool> tools = await client.ListToolsAsync();
Console.WriteLine($"{client.ServerInfo?.Name} has {string.Join(", ", tools.Select(tool => tool.Name))}.");

// Its tools are functions like any others. A fake model calls the tool that the prompt names.
ToolRun run = await models.Reader.RunAsync("""Is it there? Please call find_book {"title":"Emma"}""", tools);
foreach (FunctionResultContent result in run.Rounds.SelectMany(round => round.Results)) Console.WriteLine($"The server said: {result.Result}");
Console.WriteLine($"{run.Rounds.Count} rounds [{run.Response.ModelUsed}, ${run.Cost}]");
return run.Text.Contains("shelf 12", StringComparison.Ordinal) ? 0 : 1;

[ModelGroup("reader")]
[Deployment("openai/gpt-6-luna")]
[Deployment("anthropic/claude-haiku-5-5", Order = 1)]
internal sealed partial class Models;
