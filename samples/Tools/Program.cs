using System.Globalization;
using Microsoft.Extensions.AI;
using RouterGen;
using RouterGen.Samples;
using Tools;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
await using SampleProviders providers = await SampleProviders.StartAsync();
var models = new Models(providers.Options);
var desk = new FrontDesk();

// A fake model calls the tool that the prompt names, and then tells what the tool said.
await AskAsync("""Is a room free? Please call FindRooms {"nights":2,"view":"sea"}""");

// Arguments that do not fit are explained to the model, which may try again.
await AskAsync("""Please call FindRooms {"nights":"two"}""");

// A tool with consequences asks first.
await AskAsync("""Please call BookRoom {"room":12,"nights":2}""");
await AskAsync("""Please call BookRoom {"room":21,"nights":9}""");
Console.WriteLine($"Booked: {string.Join(", ", desk.Booked)}");
return desk.Booked is [12] ? 0 : 1;

async Task AskAsync(string prompt)
{
    var options = new ToolLoopOptions { Approve = (call, _) => ValueTask.FromResult(FrontDesk.Approves(call)) };
    ToolRun run = await models.Concierge.RunAsync(prompt, desk.Tools, loop: options);
    Console.WriteLine($"> {prompt}");
    foreach (FunctionResultContent result in run.Rounds.SelectMany(round => round.Results))
        Console.WriteLine($"    {(result.Exception is null ? "the tool says" : result.Exception.GetType().Name)}: {result.Result}");
    Console.WriteLine($"    {run.Rounds.Count} rounds, {run.Response.ModelUsed}, ${run.Cost}");
}

[ModelGroup("concierge")]
[Deployment("openai/gpt-6-luna")]
[Deployment("anthropic/claude-haiku-5-5", Order = 1)]
internal sealed partial class Models;
