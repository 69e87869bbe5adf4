using System.Drawing;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Images;

/// <summary>Images over real sockets: each dialect, each fault, changes, and streams.</summary>
public sealed class ImageTests : IAsyncLifetime
{
    private const string Flare = "openai/gpt-image-2.5-flare";
    private const string Azure = "azure/my-gpt-image-2";

    private FakeProviderServer _server = null!;
    private ImageFleet _fleet = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeProviderServer.StartAsync(new FakeProviderOptions { RecordRequests = true }, Cancellation);
        string root = _server.BaseAddress.ToString().TrimEnd('/');
        Dictionary<string, string> variables = new()
        {
            ["OPENAI_API_KEY"] = "sk-openai", ["OPENAI_BASE_URL"] = root + "/openai/v1",
            ["AZURE_OPENAI_API_KEY"] = "azure-key", ["AZURE_OPENAI_ENDPOINT"] = root + "/azure",
            ["GEMINI_API_KEY"] = "AIzaFake", ["GEMINI_BASE_URL"] = root + "/gemini/v1beta",
            ["XAI_API_KEY"] = "xai-fake", ["XAI_BASE_URL"] = root + "/xai/v1",
            ["TOGETHER_API_KEY"] = "together-fake", ["TOGETHERAI_API_KEY"] = "together-fake", ["TOGETHER_BASE_URL"] = root + "/together_ai/v1",
            ["AWS_BEARER_TOKEN_BEDROCK"] = "ABSKfake", ["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"] = root + "/bedrock",
        };
        _fleet = new ImageFleet(new RouterOptions { Variables = variables.GetValueOrDefault, Seed = 1 });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("openai")]
    [InlineData("azure")]
    public async Task Each_dialect_gives_images(string name)
    {
        RoutedImages answer = await Group(name).GenerateAsync("A red kite", new ImageGenerationOptions { Count = 2, ImageSize = new Size(1536, 1024) }, Cancellation);

        Assert.Equal(2, answer.Count);
        Assert.All(answer, image => Assert.Equal(("image/png", 1536, 1024), (image.MediaType, image.Width, image.Height)));
        Assert.Contains("image 1 of", Shown(answer[1]), StringComparison.Ordinal);
        Assert.Contains("\"A red kite\"", Shown(answer[0]), StringComparison.Ordinal);
        Assert.Equal(2, answer.Usage!.AdditionalCounts![UsageCounts.ImagesMade]);
        Assert.Equal((5m * answer.Usage.InputTokenCount!.Value + 30m * 2000) / 1_000_000, answer.Cost);
        Assert.Empty(answer.LeftOut);
        Assert.Single(Group(name).Generate("A red kite", cancellationToken: Cancellation));
    }

    [Theory]
    [InlineData("gemini", 0.0672, "size: the ratio 3:2 in its place")] // 1,120 tokens of an image
    [InlineData("xai", 0.02, "size: the ratio 3:2 in its place")]
    [InlineData("together", 0.004247, null)] // 1536 x 1024 pixels
    [InlineData("stability", 0.08, "size: the ratio 3:2 in its place")]
    public async Task Other_dialects_give_images_and_say_what_they_cost(string name, double cost, string? leftOut)
    {
        RoutedImages answer = await Group(name).GenerateAsync("A red kite", new ImageGenerationOptions { ImageSize = new Size(1536, 1024) }, Cancellation);

        Assert.Equal("image/png", answer.Image.MediaType);
        Assert.Contains("made of \"A red kite\"", Shown(answer.Image), StringComparison.Ordinal);
        Assert.Equal(cost, (double)answer.Cost!, 0.00001);
        Assert.Equal(leftOut is null ? [] : [leftOut], answer.LeftOut);
    }

    [Theory]
    [InlineData("gemini")]
    [InlineData("xai")]
    [InlineData("stability")]
    public async Task Other_dialects_change_images(string name)
    {
        RoutedImages answer = await Group(name).EditAsync("Make it blue", MediaFile.FromBytes(new byte[100_000], "image/png"), cancellationToken: Cancellation);
        Assert.Contains("made of 1 and \"Make it blue\"", Shown(answer.Image), StringComparison.Ordinal);
        ImageUpdate update = Assert.Single(await Group(name).StreamAsync("A kite", cancellationToken: Cancellation).Where(part => part.Image is not null).ToListAsync(Cancellation));
        Assert.False(update.IsPartial); // Without streams, the image comes whole.
    }

    [Fact]
    public async Task A_model_that_cannot_change_images_is_passed_over()
    {
        RoutedImages answer = await _fleet.Editors.EditAsync("Make it blue", MediaFile.FromBytes(new byte[10], "image/png"), cancellationToken: Cancellation);
        Assert.Equal(Flare, answer.Deployment);
        Assert.Equal([FailureKind.Unsupported, FailureKind.None], answer.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(0, _server["bedrock/stability.stable-image-core-v1:1"].Calls);
    }

    [Theory]
    [InlineData("gemini", "gemini/gemini-3.1-flash-image")]
    [InlineData("stability", "bedrock/stability.sd3-5-large-v1:0")]
    public async Task A_filter_of_another_dialect_is_one_too(string name, string deployment)
    {
        _server[deployment].Always(Fault.Of(FaultKind.ContentFiltered));
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => Group(name).GenerateAsync("A kite", cancellationToken: Cancellation));
        Assert.Equal(FailureKind.ContentFiltered, failure.Kind);
    }

    [Theory]
    [InlineData("openai", Flare, """{"model":"gpt-image-2.5-flare","prompt":"A kite","n":2,"size":"1024x1536","output_format":"jpeg","quality":"high"}""")]
    [InlineData("azure", Azure, """{"model":"my-gpt-image-2","prompt":"A kite","n":2,"size":"1024x1536","output_format":"jpeg","quality":"high"}""")]
    public async Task Requests_are_as_the_catalog_has_it(string name, string deployment, string body)
    {
        var options = new ImageGenerationOptions { Count = 2, ImageSize = new Size(1024, 1536), MediaType = "image/jpeg", AdditionalProperties = new() { ["quality"] = "high", ["style"] = "vivid" } };
        RoutedImages answer = await Group(name).GenerateAsync("A kite", options, Cancellation);
        Assert.Equal(body, _server[deployment].Requests.Single().Body.TrimEnd());
        Assert.Equal(["style: left out"], answer.LeftOut);
    }

    public static TheoryData<string, FailureKind> Faults => new()
    {
        { "429", FailureKind.RateLimited }, { "503", FailureKind.Overloaded }, { "401", FailureKind.AuthenticationFailed }, { "404", FailureKind.ModelNotFound },
        { "quota", FailureKind.QuotaExhausted }, { "reset", FailureKind.ConnectionFailed }, { "page", FailureKind.InvalidResponse }, { "empty", FailureKind.InvalidResponse },
        { "cut", FailureKind.InvalidResponse }, { "reset within", FailureKind.ConnectionFailed }, { "error inside", FailureKind.ServerError },
        { "none", FailureKind.EmptyResponse }, { "no base64", FailureKind.InvalidResponse }, { "cut base64", FailureKind.InvalidResponse },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_of_one_deployment_is_followed_by_the_next(string fault, FailureKind kind)
    {
        _server[Flare].Always(FaultOf(fault));

        RoutedImages answer = await _fleet.Pair.GenerateAsync("A kite", cancellationToken: Cancellation);

        Assert.Equal([kind, FailureKind.None], answer.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(Azure, answer.Deployment);
        Assert.True(answer.Image.HasData);
    }

    [Fact]
    public async Task A_deployment_that_hangs_is_left()
    {
        _server[Flare].Always(Fault.BlackHole);
        RoutedImages answer = await _fleet.Impatient.GenerateAsync("A kite", cancellationToken: Cancellation);
        Assert.Equal([FailureKind.Timeout, FailureKind.None], answer.Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task A_slow_deployment_is_hedged()
    {
        _server[Flare].Always(Fault.BlackHole);
        RoutedImages answer = await _fleet.Hedged.GenerateAsync("A kite", cancellationToken: Cancellation);
        Assert.Equal(Azure, answer.Deployment);
        Assert.Contains(answer.Attempts, attempt => attempt.Outcome is FailureKind.Superseded);
    }

    [Fact]
    public async Task A_prompt_that_is_refused_stops_the_call()
    {
        _server[Flare].Always(Fault.Status(400));
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _fleet.Pair.GenerateAsync("A kite", cancellationToken: Cancellation));
        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
        Assert.Single(failure.Attempts);
    }

    [Fact]
    public async Task An_image_that_a_filter_withholds_is_missing_with_its_reason()
    {
        _server[Flare].Always(Fault.Of(FaultKind.ContentFiltered));
        RoutedImages answer = await _fleet.Openai.GenerateAsync("A kite", new ImageGenerationOptions { Count = 3 }, Cancellation);
        Assert.Equal(2, answer.Count);
        Assert.Equal(["The image was filtered."], answer.Withheld);

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _fleet.Openai.GenerateAsync("A kite", cancellationToken: Cancellation));
        Assert.Equal(FailureKind.ContentFiltered, failure.Kind);
        Assert.Contains("The image was filtered.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_has_each_group_as_a_generator_under_its_name()
    {
        string endpoint = new Uri(_server.BaseAddress, "openai/v1").ToString();
        await using ServiceProvider services = new ServiceCollection()
            .AddImageFleet(options => options.Variables = name => name switch { "OPENAI_API_KEY" => "sk-openai", "OPENAI_BASE_URL" => endpoint, _ => null })
            .BuildServiceProvider();

#pragma warning disable MEAI001 // The framework's interface may still change.
        var generator = services.GetRequiredKeyedService<IImageGenerator>("openai");
        ImageGenerationResponse response = await generator.GenerateImagesAsync("A kite", cancellationToken: Cancellation);
#pragma warning restore MEAI001

        Assert.Same(services.GetRequiredService<ImageFleet>().Openai, generator);
        Assert.Equal("image/png", Assert.IsType<DataContent>(Assert.Single(response.Contents)).MediaType);
        Assert.Equal("openai/gpt-image-2.5-flare", Assert.IsType<RoutedImages>(response.RawRepresentation).ModelUsed);
    }

    [Fact]
    public async Task A_shadow_gets_a_copy_and_answers_no_caller()
    {
        RoutedImages answer = await _fleet.Mirrored.GenerateAsync("A kite", cancellationToken: Cancellation);

        Assert.Equal(Flare, answer.Deployment);
        await _server[Azure].WaitUntilAsync(script => script.Calls == 1, Cancellation);
    }

    [Fact]
    public async Task Limits_and_status_count_calls_as_for_chat()
    {
        await _fleet.Pair.GenerateAsync("A kite", cancellationToken: Cancellation);

        DeploymentStatus status = _fleet.Pair.Status[0];
        Assert.Equal((1L, 0L, 0), (status.Calls, status.Failures, status.InFlight));
        Assert.True(_fleet.Pair.Spend.Spent > 0);
    }

    [Theory]
    [InlineData("openai", Flare)]
    [InlineData("azure", Azure)]
    public async Task An_image_and_a_mask_are_sent_as_files(string name, string deployment)
    {
        MediaFile image = MediaFile.FromBytes(Enumerable.Range(0, 100_000).Select(n => (byte)n).ToArray(), "image/png", "kite.png");
        MediaFile mask = MediaFile.FromBytes(new byte[] { 1, 2, 3 }, "image/png", "mask.png");
        var options = new ImageGenerationOptions { AdditionalProperties = new() { ["input_fidelity"] = "high", ["output_compression"] = 80 } };

        RoutedImages answer = await Group(name).EditAsync("Make it blue", image, mask, options, Cancellation);

        Assert.Contains("made of 1 and \"Make it blue\"", Shown(answer.Image), StringComparison.Ordinal);
        RecordedRequest request = _server[deployment].Requests.Single();
        Assert.EndsWith("/images/edits", request.Path.Split('?')[0], StringComparison.Ordinal);
        using JsonDocument form = JsonDocument.Parse(request.Body);
        Assert.Equal("high", form.RootElement.GetProperty("input_fidelity").GetString());
        Assert.Equal("80", form.RootElement.GetProperty("output_compression").GetString());
        JsonElement sent = form.RootElement.GetProperty("image");
        Assert.Equal(("kite.png", "image/png", 100_000), (sent.GetProperty("name").GetString(), sent.GetProperty("type").GetString(), sent.GetProperty("length").GetInt32()));
        Assert.Equal("AQID", form.RootElement.GetProperty("mask").GetProperty("base64").GetString());
        Assert.True(answer.Usage!.AdditionalCounts![UsageCounts.ImageInput] == 300 && answer.Cost > 0.03m);
    }

    [Fact]
    public async Task Several_images_go_along_again_to_the_deployment_that_takes_over()
    {
        _server[Flare].Always(Fault.Status(503));
        MediaFile[] images = [MediaFile.FromBytes(new byte[9000], "image/png"), MediaFile.FromBytes(new byte[10], "image/jpeg")];

        RoutedImages answer = await _fleet.Pair.EditAsync("Join them", images, cancellationToken: Cancellation);

        Assert.Equal(Azure, answer.Deployment);
        Assert.Contains("made of 2", Shown(answer.Image), StringComparison.Ordinal);
        Assert.Contains("made of 2", Shown(_fleet.Azure.Edit("Join them", images, cancellationToken: Cancellation).Image), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stream_brings_partial_images_then_the_image_and_the_route(bool isEdit)
    {
        var options = new ImageGenerationOptions { StreamingCount = 2 };
        IAsyncEnumerable<ImageUpdate> stream = isEdit ? _fleet.Openai.StreamEditAsync("A kite", MediaFile.FromBytes(new byte[5000], "image/png"), options: options, cancellationToken: Cancellation) : _fleet.Openai.StreamAsync("A kite", options, Cancellation);

        List<ImageUpdate> updates = await stream.ToListAsync(Cancellation);

        Assert.Equal([(true, 0), (true, 1), (false, 0)], updates.Select(update => (update.IsPartial, update.PartialIndex)));
        Assert.Equal("partial 1", Shown(updates[1].Image!));
        var last = Assert.IsType<RoutedImageUpdate>(updates[^1]);
        Assert.Contains("\"A kite\"", Shown(last.Image!), StringComparison.Ordinal);
        Assert.Equal("openai/gpt-image-2.5-flare", last.ModelUsed);
        Assert.True(last.Cost > 0.03m && last.TimeToFirstImage is not null);
    }

    [Fact]
    public async Task A_stream_that_fails_before_its_first_image_goes_on_elsewhere()
    {
        _server[Flare].Always(Fault.Status(503));
        List<ImageUpdate> updates = await _fleet.Pair.StreamAsync("A kite", cancellationToken: Cancellation).ToListAsync(Cancellation);
        Assert.Equal(Azure, Assert.IsType<RoutedImageUpdate>(Assert.Single(updates)).Deployment);
    }

    [Theory]
    [InlineData(FaultKind.Cut, FailureKind.ConnectionFailed)]
    [InlineData(FaultKind.EndEarly, FailureKind.InvalidResponse)]
    [InlineData(FaultKind.StreamError, FailureKind.ServerError)]
    [InlineData(FaultKind.MissingTerminator, FailureKind.InvalidResponse)]
    public async Task A_stream_that_breaks_says_what_had_arrived(FaultKind kind, FailureKind failure)
    {
        _server[Flare].Always(Fault.Of(kind) with { After = 1 });
        RoutingException exception = await Assert.ThrowsAsync<RoutingException>(() => _fleet.Pair.StreamAsync("A kite", new ImageGenerationOptions { StreamingCount = 1 }, Cancellation).ToListAsync(Cancellation).AsTask());
        Assert.Equal(failure, exception.Kind);
        Assert.Contains("0 images and 1 partial", exception.Message, StringComparison.Ordinal);
    }

    private static string Shown(GeneratedImage image) => Encoding.UTF8.GetString(image.Data.Span[29..]);

    private ImageGroup Group(string name) => name switch
    {
        "openai" => _fleet.Openai,
        "gemini" => _fleet.Gemini,
        "xai" => _fleet.Xai,
        "together" => _fleet.Together,
        "stability" => _fleet.Stability,
        _ => _fleet.Azure,
    };

    private static Fault FaultOf(string name) => UsualFaults.Find(name) ?? name switch
    {
        "none" => Answer(""),
        "no base64" => Answer("""{"b64_json":"?"}"""),
        _ => Answer("""{"b64_json":"iVBORw0KGg"}"""),
    };

    private static Fault Answer(string data) => Fault.Status(200, $$"""{"created":1,"data":[{{data}}] }""", "application/json");
}
