using RouterGen;
using Quickstart;
var reply = await Models.ClaudeFast.CompleteAsync("Hello");
Console.WriteLine($"{reply.Text}  [{reply.ModelUsed}, {reply.Duration.TotalMilliseconds:F0} ms, ${reply.Cost}]");
