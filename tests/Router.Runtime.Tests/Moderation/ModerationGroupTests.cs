using System.Net;
using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Moderation;

/// <summary>What a caller gets of a group of moderation models: a judgement of each input, or a reason.</summary>
public class ModerationGroupTests
{
    private readonly TestRouter _router = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_text_has_its_judgement()
    {
        ModerationGroup group = Group(Deployment("a"));
        _router.Transport.On("a", FakeTransport.Text("10"));

        RoutedModerations answer = await group.ModerateAsync(["bad", "good"], cancellationToken: Cancellation);

        Assert.Equal([true, false], answer.Select(judgement => judgement.Flagged));
        Assert.Equal((true, "plain/a", "a", 0m), (answer.Flagged, answer.ModelUsed, answer.Deployment, answer.Cost)); // Free, and nothing was counted.
        Assert.Empty(answer.LeftOut);
        Assert.Equal(2, group.Moderate(["bad", "good"], CallOptions.None, cancellationToken: Cancellation).Count);
        Assert.Single((await group.ModerateAsync(["bad", "good"], new ModerationOptions { ModelId = "none" }, Cancellation)).LeftOut); // the model
    }

    [Theory]
    [InlineData("1")]
    [InlineData("100")]
    [InlineData("")]
    public async Task An_answer_with_more_or_fewer_is_never_handed_on(string wrong)
    {
        ModerationGroup group = Group(Deployment("a", order: 1), Deployment("b", order: 2));
        _router.Transport.On("a", FakeTransport.Text(wrong)).On("b", FakeTransport.Text("01"));

        RoutedModerations answer = await group.ModerateAsync(["good", "bad"], cancellationToken: Cancellation);

        Assert.Equal("b", answer.Deployment);
        Assert.Equal([FailureKind.InvalidResponse, FailureKind.None], answer.Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task What_cannot_be_judged_is_refused_before_anything_is_sent()
    {
        ModerationGroup group = Group(Deployment("a"));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => group.ModerateAsync("", cancellationToken: Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => group.ModerateAsync(Array.Empty<string>(), cancellationToken: Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => group.ModerateAsync(["a", ""], cancellationToken: Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => group.ModerateAsync(Array.Empty<AIContent>(), cancellationToken: Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => group.ModerateAsync([new TextContent("")], cancellationToken: Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => group.ModerateAsync((IEnumerable<AIContent>)null!, cancellationToken: Cancellation));
        Assert.Empty(_router.Transport.Asked);
    }

    [Fact]
    public void A_message_needs_sight_and_one_text_does_not()
    {
        var message = new ModerationRequest([new TextContent("Look"), new UriContent("https://example.com/a.png", "image/png")]);
        Assert.Equal((1, ModelCapabilities.Vision), (message.Inputs, message.Shape.Needs));
        Assert.Equal((2, ModelCapabilities.None), (new ModerationRequest(new[] { "a", "b" }).Inputs, new ModerationRequest(new[] { "a", "b" }).Shape.Needs));
    }

    [Fact]
    public async Task A_failed_deployment_is_followed_by_the_next()
    {
        ModerationGroup group = Group(Deployment("a", order: 1), Deployment("b", order: 2));
        _router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "busy")).On("b", FakeTransport.Text("0"));
        Assert.Equal("b", (await group.ModerateAsync([new TextContent("good")], cancellationToken: Cancellation)).Deployment);
    }

    private ModerationGroup Group(params DeploymentDefinition[] deployments) => new TestModerationGroup(_router.Context, new GroupDefinition { Name = "test", Deployments = deployments });

    private static DeploymentDefinition Deployment(string name, int order = 0) => new()
    {
        Name = name,
        Provider = "plain",
        Model = name,
        Endpoint = $"https://{name}",
        KeyVariable = "KEY",
        Codec = new PlainModerationCodec(),
        Order = order,
        Prices = new ModelPrices(0m, 0m),
    };

    private sealed class TestModerationGroup(RouterContext context, GroupDefinition definition) : ModerationGroup(context, definition);

    /// <summary>The plainest dialect of moderation models: an answer is a 1 for each input that is harmful, and a 0 for each other.</summary>
    private sealed class PlainModerationCodec : ModerationCodec
    {
        public override string PathFor(bool streaming) => "/moderations";

        public override ModelProfile Profile { get; } = new("plain", "plain");

        public override AttemptFailure? WriteRequest(ModerationRequest request, RequestWriter body)
        {
            body.StartObject("{"u8).WriteNumber("inputs", request.Inputs);
            body.EndObject();
            return null;
        }

        public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, ModerationJudgements judgements)
        {
            foreach (byte judged in body) judgements.Add(new RouterGen.Moderation(judged == '1', new Dictionary<string, bool> { ["harm"] = judged == '1' }, new Dictionary<string, double>()));
            return null;
        }

        public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => new(FailureKind.Overloaded, Encoding.UTF8.GetString(body)) { StatusCode = statusCode };
    }
}
