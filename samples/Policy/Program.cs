using Policy;
using RouterGen;
using RouterGen.FakeProviders;
using RouterGen.Samples;

await using SampleProviders providers = await SampleProviders.StartAsync();
var models = new Models(providers.Options);

await AskAsync("free", "What is a monad?");
await AskAsync("gold", "What is a monad?");
await AskAsync("gold", "Write to kim@example.com that the invoice is paid.");
await AskAsync("free", "Charge the card 4111 1111 1111 1111, please.");

// The only deployment that may see personal data is down: the call fails, and goes nowhere else.
providers["vllm/llama-4"].Always(Fault.Status(503));
bool isRefused = !await AskAsync("gold", "Write to kim@example.com again.");
bool isKept = providers["openai/gpt-6-sol"].Requests.Concat(providers["openai/gpt-6-luna"].Requests).All(request => !PersonalText.IsIn(request.Body));
Console.WriteLine($"Requests with personal data at OpenAI: {(isKept ? "none" : "SOME")}.");
return isRefused && isKept ? 0 : 1;

async Task<bool> AskAsync(string tier, string prompt)
{
    try
    {
        var call = new CallOptions { Properties = new Dictionary<string, object?> { ["tier"] = tier } };
        RoutedResponse reply = await models.Assistant.CompleteAsync(prompt, call);
        Console.WriteLine($"{tier}: {prompt}\n    {reply.Deployment}");
        return true;
    }
    catch (RoutingException failure)
    {
        Console.WriteLine($"{tier}: {prompt}\n    {failure.Kind}: {failure.Message.Split('\n')[0]}");
        return false;
    }
}

[ModelGroup("assistant", Policy = typeof(TierPolicy), MaxWaitSeconds = 0.1)]
[Deployment("vllm/llama-4", Name = "own-server", ApiKeyEnv = "OWN_SERVER_KEY", Tags = ["private"])]
[Deployment("openai/gpt-6-luna", Name = "small")]
[Deployment("openai/gpt-6-sol", Name = "large", Tags = ["gold"])]
internal sealed partial class Models;
