using System.ComponentModel;
using Interop;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using RouterGen.FakeProviders;
using RouterGen.Samples;

await using SampleProviders providers = await SampleProviders.StartAsync();
var models = new Models(providers.Options);

// A group is an IChatClient: Microsoft's middleware goes around it.
using IChatClient client = new ChatClientBuilder(models.Chat).UseFunctionInvocation().Build();
AIFunction clock = AIFunctionFactory.Create([Description("Gets the opening hours.")] () => "9 to 17", "GetHours");
ChatResponse response = await client.GetResponseAsync("Please call GetHours", new ChatOptions { Tools = [clock] });
Console.WriteLine($"Microsoft.Extensions.AI: {response.Text}");

// Semantic Kernel finds it among the services of the kernel.
IKernelBuilder builder = Kernel.CreateBuilder();
builder.Services.AddSingleton<IChatClient>(models.Chat);
Kernel kernel = builder.Build();
FunctionResult result = await kernel.InvokePromptAsync("Greet {{$name}}", new KernelArguments { ["name"] = "Kim" });
Console.WriteLine($"Semantic Kernel: {result}");

// An agent of the Agent Framework is asked, and its provider goes down between two turns: the conversation goes on.
var agent = new ChatClientAgent(models.Chat, instructions: "You are a concierge.", name: "Concierge");
AgentSession session = await agent.CreateSessionAsync();
AgentResponse first = await agent.RunAsync("Good morning", session);
providers["anthropic/claude-haiku-5-5"].Always(Fault.Status(503));
AgentResponse second = await agent.RunAsync("Where is breakfast?", session);
Console.WriteLine($"Agent Framework: {first.Text}");
Console.WriteLine($"                 {second.Text}");
return second.Text.Contains("gpt-6-luna", StringComparison.Ordinal) ? 0 : 1;
