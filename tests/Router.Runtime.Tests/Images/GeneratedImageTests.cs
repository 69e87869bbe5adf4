namespace RouterGen.Runtime.Tests.Images;

/// <summary>The format and size that the first bytes of an image state.</summary>
public sealed class GeneratedImageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("routergen-image").FullName;

    public static TheoryData<string, string, int?, int?> Files => new()
    {
        { "89504E470D0A1A0A0000000D49484452000006000000040008020000", "image/png", 1536, 1024 },
        { "FFD8FFE000104A46494600010100000100010000FFC00011080400060003012200", "image/jpeg", 1536, 1024 },
        { "FFD8FFFFE00002FFC40003AAFFC2000B08000A00140101110000", "image/jpeg", 20, 10 },
        { "52494646000000005745425056503820000000000000009D012A00060004000000", "image/webp", 1536, 1024 },
        { "5249464600000000574542505650384C000000002FFFC5FF0000000000000000", "image/webp", 1536, 1024 },
        { "524946460000000057454250565038580000000000000000FF0500FF03000000", "image/webp", 1536, 1024 },
        { "474946383961000600040000", "image/gif", 1536, 1024 },
        { "89504E470D0A1A0A", "image/png", null, null },
        { "FFD8FFE0FFFF00000000000000", "image/jpeg", null, null },
        { "00", "application/octet-stream", null, null },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_says_its_type_and_size(string hex, string mediaType, int? width, int? height)
    {
        var image = new GeneratedImage(Convert.FromHexString(hex));
        Assert.Equal((mediaType, width, height), (image.MediaType, image.Width, image.Height));
    }

    [Fact]
    public void No_bytes_break_the_look_at_a_header()
    {
        var random = new Random(20261130);
        foreach (object?[] row in Files.Select(row => ((ITheoryDataRow)row).GetData()))
        {
            string hex = (string)row[0]!;
            byte[] bytes = Convert.FromHexString(hex);
            for (int length = 0; length <= bytes.Length; length++) _ = new GeneratedImage(bytes.AsMemory(0, length)).Width;
            for (int i = 0; i < 500; i++)
            {
                byte[] changed = [.. bytes];
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
                Assert.True(new GeneratedImage(changed).Width is null or >= 0);
            }
        }
    }

    [Fact]
    public async Task An_image_is_saved_unless_it_is_elsewhere()
    {
        string path = Path.Combine(_folder, "kite.png");
        await new GeneratedImage(new byte[] { 1, 2, 3 }, "image/png").SaveAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));

        var elsewhere = new GeneratedImage(new Uri("https://images.example/1.png"));
        Assert.Equal(("image/*", true), (elsewhere.MediaType, elsewhere.Data.IsEmpty));
        await Assert.ThrowsAsync<InvalidOperationException>(() => elsewhere.SaveAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void An_answer_can_be_made_by_hand()
    {
        var images = new RoutedImages([new GeneratedImage(new byte[] { 1 }, "image/png")], "openai/gpt-image-2", cost: 0.04m);
        Assert.Equal(("openai/gpt-image-2", 0.04m, 1), (images.ModelUsed, images.Cost, images.Image.Data.Length));
        Assert.Equal(0.04m, new RoutedImageUpdate("openai/gpt-image-2", cost: 0.04m).Cost);
    }
}
