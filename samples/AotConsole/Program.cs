using RouterGen;

var reply = await Models.ClaudeFast.CompleteAsync("Hello");
Console.WriteLine($"{reply.Text}  [{reply.ModelUsed}, {reply.Duration.TotalMilliseconds:F0} ms, ${reply.Cost}]");
await ToolResults.TellAsync(Models.ClaudeFast);
await WeatherTools.TellAsync(Models.ClaudeFast);
var forecast = await Models.ClaudeFast.CompleteAsync<Forecast>("How is the weather?");
Console.WriteLine($"{forecast.Value}  [by {forecast.Mechanism}]");

[ModelGroup("claude-fast")]
[Deployment("anthropic/claude-haiku-5-5", Rpm = 1000)]
[Deployment("openai/gpt-6-luna", Rpm = 5000)]
public static partial class Models;

[StructuredAnswer]
public sealed partial record Forecast(string City, double Celsius, DayOfWeek Day);
