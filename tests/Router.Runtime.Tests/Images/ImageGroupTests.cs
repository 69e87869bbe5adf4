using System.Drawing;
using System.Net;
using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Images;

/// <summary>What a caller gets of a group of image models: images from whatever deployment, or a reason.</summary>
public class ImageGroupTests
{
    private readonly TestRouter _router = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Images_come_with_what_they_cost_and_how_they_came_about()
    {
        ImageGroup group = Group(Deployment("a"));
        _router.Transport.On("a", FakeTransport.Text("one two"));

        RoutedImages answer = await group.GenerateAsync("kites", cancellationToken: Cancellation);

        Assert.Equal(["one", "two"], answer.Select(Shown));
        Assert.Equal(("plain/a", "a", 2L), (answer.ModelUsed, answer.Deployment, answer.Usage!.AdditionalCounts![UsageCounts.ImagesMade]));
        Assert.Equal(0.08m + 10m / 1_000_000, answer.Cost);
        Assert.Equal("revised", answer[0].RevisedPrompt);
        Assert.Single(answer.Attempts);
        Assert.Throws<InvalidOperationException>(() => answer.Image);
        Assert.Equal(2, group.Generate("kites", cancellationToken: Cancellation).Count);
        Assert.Equal(2, group.Generate("kites", CallOptions.None, cancellationToken: Cancellation).Count);
    }

    [Fact]
    public async Task A_failed_deployment_is_followed_by_the_next()
    {
        ImageGroup group = Group(Deployment("a", order: 1), Deployment("b", order: 2));
        _router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "busy")).On("b", FakeTransport.Text("one"));

        RoutedImages answer = await group.GenerateAsync("kites", CallOptions.None, cancellationToken: Cancellation);

        Assert.Equal("b", answer.Deployment);
        Assert.Equal([FailureKind.Overloaded, FailureKind.None], answer.Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task Changes_go_to_a_path_of_their_own_streamed_or_not()
    {
        ImageGroup group = Group(Deployment("a"));
        List<string> paths = [];
        FakeTransport.Reply Noted(FakeTransport.Reply reply) => (request, cancellationToken) =>
        {
            paths.Add(request.RequestUri!.AbsolutePath);
            return reply(request, cancellationToken);
        };
        _router.Transport.On("a", Noted(FakeTransport.Text("one")), Noted(FakeTransport.Text("one")), Noted(FakeTransport.Events("one", "[end]")), Noted(FakeTransport.Events("one", "[end]")));
        MediaFile image = MediaFile.FromBytes(new byte[] { 1 }, "image/png");

        await group.GenerateAsync("kites", cancellationToken: Cancellation);
        await group.EditAsync("kites", image, mask: null, CallOptions.None, cancellationToken: Cancellation);
        await group.StreamAsync("kites", CallOptions.None, cancellationToken: Cancellation).ToListAsync(Cancellation);
        await group.StreamEditAsync("kites", image, mask: null, CallOptions.None, cancellationToken: Cancellation).ToListAsync(Cancellation);

        Assert.Equal(["/draw", "/change", "/draw-stream", "/change"], paths);
    }

    [Theory]
    [InlineData("https://a", "https://a/change")]
    [InlineData("https://a/v1", "https://a/v1/change")]
    [InlineData("https://a/v1/draw", "https://a/v1/change")] // The whole address of the other requests was stated.
    public async Task An_endpoint_that_has_the_usual_path_loses_it_for_changes(string endpoint, string address)
    {
        ImageGroup group = Group(Deployment("a", endpoint: endpoint));
        Uri? asked = null;
        _router.Transport.On("a", (request, cancellationToken) =>
        {
            asked = request.RequestUri;
            return FakeTransport.Text("one")(request, cancellationToken);
        });
        await group.EditAsync("kites", MediaFile.FromBytes(new byte[] { 1 }, "image/png"), cancellationToken: Cancellation);
        Assert.Equal(address, asked!.ToString());
    }

    [Fact]
    public async Task The_framework_gets_the_same_with_the_route_beside_it()
    {
#pragma warning disable MEAI001 // The framework's interface may still change.
        IImageGenerator group = Group(Deployment("a"));
        _router.Transport.On("a", FakeTransport.Text("one https://images.example/2.png"));
        var options = new ImageGenerationOptions { ModelId = "none", RawRepresentationFactory = asked => ReferenceEquals(asked, group) ? "raw" : null, AdditionalProperties = new() { ["wish"] = 1 } };
        var request = new ImageGenerationRequest("kites", [new DataContent(new byte[] { 1 }, "image/png")]);

        ImageGenerationResponse response = await group.GenerateAsync(request, options, Cancellation);

        Assert.Equal("one", Encoding.UTF8.GetString(Assert.IsType<DataContent>(response.Contents[0]).Data.Span));
        Assert.Equal("https://images.example/2.png", Assert.IsType<UriContent>(response.Contents[1]).Uri.ToString());
        Assert.Equal(10, response.Usage!.InputTokenCount);
        RoutedImages images = Assert.IsType<RoutedImages>(response.RawRepresentation);
        Assert.Equal(2, images.LeftOut.Count); // the wish, and the model
        Assert.Same(group, group.GetService(typeof(ImageGroup)));
        Assert.Equal(("routergen", "test"), group.GetService(typeof(ImageGeneratorMetadata)) is ImageGeneratorMetadata data ? (data.ProviderName, data.DefaultModelId) : default);
        ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>(() => group.GenerateAsync(new ImageGenerationRequest("kites", [new UriContent("https://images.example/1.png", "image/png")]), null, Cancellation));
        Assert.Contains("UriContent", exception.Message, StringComparison.Ordinal);
#pragma warning restore MEAI001
    }

    [Fact]
    public async Task What_is_no_request_is_refused_before_anything_is_sent()
    {
        ImageGroup group = Group(Deployment("a"));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => group.GenerateAsync("", cancellationToken: Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => group.GenerateAsync(null!, cancellationToken: Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => group.EditAsync("kites", (MediaFile)null!, cancellationToken: Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => group.EditAsync("kites", Array.Empty<MediaFile>(), cancellationToken: Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => group.EditAsync("kites", [null!], cancellationToken: Cancellation));
        Assert.ThrowsAny<ArgumentException>(() => group.StreamAsync("", cancellationToken: Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => group.GenerateAsync("kites", new CallOptions { Deployment = "none" }, cancellationToken: Cancellation));
        Assert.Empty(_router.Transport.Asked);
    }

    [Fact]
    public async Task Fewer_images_than_asked_for_are_an_answer_and_none_is_not()
    {
        ImageGroup group = Group(Deployment("a"));
        _router.Transport.On("a", FakeTransport.Text("one -unsafe"), FakeTransport.Text("-unsafe -blood"), FakeTransport.Text(""));

        RoutedImages answer = await group.GenerateAsync("kites", cancellationToken: Cancellation);
        RoutingException filtered = await Assert.ThrowsAsync<RoutingException>(() => group.GenerateAsync("kites", cancellationToken: Cancellation));
        RoutingException empty = await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.GenerateAsync("kites", new CallOptions { MaxAttempts = 1 }, cancellationToken: Cancellation)));

        Assert.Equal("one", Shown(answer.Image));
        Assert.Equal(["unsafe"], answer.Withheld);
        Assert.Equal(FailureKind.ContentFiltered, filtered.Kind);
        Assert.Contains("withheld all 2 images: unsafe", filtered.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.EmptyResponse, empty.Kind);
    }

    [Fact]
    public async Task A_stream_brings_images_as_they_take_shape_and_last_the_route()
    {
        ImageGroup group = Group(Deployment("a", order: 1), Deployment("b", order: 2));
        _router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "busy")).On("b", FakeTransport.Events("~o", "~on", "one", "two", "[end]"));

        List<ImageUpdate> updates = await group.StreamAsync("kites", cancellationToken: Cancellation).ToListAsync(Cancellation);

        Assert.Equal([("o", true, 0), ("on", true, 1), ("one", false, 0), ("two", false, 0)], updates.SkipLast(1).Select(update => (Shown(update.Image!), update.IsPartial, update.PartialIndex)));
        var last = Assert.IsType<RoutedImageUpdate>(updates[^1]);
        Assert.Null(last.Image);
        Assert.Equal(("plain/b", "b", 2), (last.ModelUsed, last.Deployment, last.Attempts.Count));
        Assert.Equal((2L, 0.08m + 10m / 1_000_000), (last.Usage!.AdditionalCounts![UsageCounts.ImagesMade], last.Cost));
    }

    [Fact]
    public async Task A_whole_answer_to_a_stream_is_handed_on_image_by_image()
    {
        ImageGroup group = Group(Deployment("a"));
        _router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.OK, "one two", mediaType: "application/json"));
        List<ImageUpdate> updates = await group.StreamAsync("kites", cancellationToken: Cancellation).ToListAsync(Cancellation);
        Assert.Equal(["one", "two"], updates.Where(update => update.Image is not null).Select(update => Shown(update.Image!)));
        Assert.Equal(0.08m + 10m / 1_000_000, Assert.IsType<RoutedImageUpdate>(updates[^1]).Cost);
    }

    [Fact]
    public async Task A_stream_that_is_left_counts_the_image_that_took_shape()
    {
        ImageGroup group = Group(Deployment("a"));
        _router.Transport.On("a", FakeTransport.Events("~o", "~on", "one", "[end]"));
        await foreach (ImageUpdate update in group.StreamAsync("kites", cancellationToken: Cancellation)) break;
        Assert.InRange(group.Spend.Spent, 0.04m, 0.041m);
        Assert.Equal(0, group.Deployments[0].InFlight);
    }

    [Fact]
    public async Task A_first_image_may_take_longer_than_a_first_word()
    {
        ImageGroup group = Group(Deployment("a", order: 1), Deployment("b", order: 2));
        _router.Transport.On("a", FakeTransport.After(_router.Time, 2 * FirstTokenLimit.Longest, FakeTransport.Events("one", "[end]"))).On("b", FakeTransport.Events("two", "[end]"));
        List<ImageUpdate> updates = await group.StreamAsync("kites", cancellationToken: Cancellation).ToListAsync(Cancellation);
        Assert.Equal("a", Assert.IsType<RoutedImageUpdate>(updates[^1]).Deployment);
    }

    [Fact]
    public async Task A_deployment_that_hung_is_not_sent_a_probe_that_is_paid()
    {
        ImageGroup group = Group(Deployment("a", order: 1), Deployment("b", order: 2));
        List<string> asked = [];
        _router.Transport.On("a", async (request, cancellationToken) =>
        {
            asked.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
            return await FakeTransport.After(_router.Time, TimeSpan.FromSeconds(400), FakeTransport.Text("late"))(request, cancellationToken);
        }).On("b", FakeTransport.Text("one"));
        for (int call = 0; call < 4; call++)
        {
            Assert.Equal("b", (await _router.RunAsync(group.GenerateAsync("kites", cancellationToken: Cancellation))).Deployment);
            _router.Time.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.True(asked.Count > 1); // Calls try it again.
        Assert.All(asked, body => Assert.Contains("kites", body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cancelled_call_says_so()
    {
        ImageGroup group = Group(Deployment("a"));
        _router.Transport.On("a", FakeTransport.Hang(out Task reached));
        using var caller = new CancellationTokenSource();
        Task<RoutedImages> call = group.GenerateAsync("kites", cancellationToken: caller.Token);
        await reached;
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(0, group.Deployments[0].InFlight);
    }

    [Theory]
    [InlineData(null, null, 0.04)]
    [InlineData("standard", 1024, 0.04)]
    [InlineData("premium", 1024, 0.06)]
    [InlineData(null, 2048, 0.06)]
    [InlineData("premium", 2048, 0.08)]
    public async Task Prices_depend_on_size_and_quality_where_they_do(string? quality, int? side, double price)
    {
        var prices = new ModelPrices(PerImage(0.04m))
        {
            Variants =
            [
                new(PerImage(0.06m)) { ImageQuality = "premium" }, new(PerImage(0.06m)) { AbovePixels = 1024 * 1024 }, new(PerImage(0.08m)) { AbovePixels = 1024 * 1024, ImageQuality = "premium" },
            ],
        };
        ImageGroup group = Group(Deployment("a", prices: prices));
        _router.Transport.On("a", FakeTransport.Text("one two"));
        var options = new ImageGenerationOptions { ImageSize = side is { } length ? new Size(length, length) : null, AdditionalProperties = quality is null ? null : new() { ["quality"] = quality } };

        RoutedImages answer = await group.GenerateAsync("kites", options, Cancellation);

        Assert.Equal(2 * (decimal)price, answer.Cost);
        Assert.Equal(answer.Cost, group.Spend.Spent);
    }

    [Fact]
    public void Pieces_alone_are_priced_where_they_have_a_price()
    {
        var usage = new UsageDetails { AdditionalCounts = new() { [UsageCounts.ImagesMade] = 2, [UsageCounts.PixelsMade] = 2_000_000 } };
        Assert.Equal(0.08m, PerImage(0.04m).CostOf(usage));
        Assert.Equal(0.006m, new TokenPrices(0m, 0m) { Units = new() { MegapixelMade = 0.003m } }.CostOf(usage));
        Assert.Null(new TokenPrices(5m, 40m).CostOf(usage)); // Paid by tokens, which were not counted.
    }

    private ImageGroup Group(params DeploymentDefinition[] deployments) => new TestImageGroup(_router.Context, new GroupDefinition { Name = "test", Deployments = deployments });

    private static TokenPrices PerImage(decimal price) => new(0m, 0m) { Units = new() { ImageMade = price } };

    private static DeploymentDefinition Deployment(string name, int order = 0, string? endpoint = null, ModelPrices? prices = null) => new()
    {
        Name = name,
        Provider = "plain",
        Model = name,
        Endpoint = endpoint ?? $"https://{name}",
        KeyVariable = "KEY",
        Codec = new PlainImageCodec(),
        Order = order,
        Prices = prices ?? new ModelPrices(new TokenPrices(1m, 0m) { Units = new() { ImageMade = 0.04m } }),
    };

    private static string Shown(GeneratedImage image) => Encoding.UTF8.GetString(image.Data.Span);
}
