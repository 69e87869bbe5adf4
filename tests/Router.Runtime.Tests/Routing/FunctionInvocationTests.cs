using Microsoft.Extensions.AI;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>A group under the function invocation of Microsoft.Extensions.AI: cost and usage are those of the same calls.</summary>
public class FunctionInvocationTests
{
    private readonly TestRouter _router = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cost_is_that_of_all_calls_whose_usage_the_reply_has(bool stream)
    {
        TestGroup group = _router.Group(1);
        _router.Transport.On("a", stream ? FakeTransport.Events("@f", "[end]") : FakeTransport.Text("@f"), stream ? FakeTransport.Events("done", "[end]") : FakeTransport.Text("done"));
        IChatClient client = ((IChatClient)group).AsBuilder().UseFunctionInvocation().Build();
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(() => "result", "f")] };

        ChatResponse reply = stream ? await client.GetStreamingResponseAsync("Hi", options).ToChatResponseAsync() : await client.GetResponseAsync("Hi", options);

        Assert.Equal("done", reply.Messages[^1].Text);
        Assert.Equal(30, reply.Usage!.TotalTokenCount);
        Assert.Equal(2 * 0.00002m, reply.Usage.GetCost());
        if (!stream) Assert.Equal(2 * 0.00002m, Assert.IsType<RoutedResponse>(reply).Cost);
    }
}
