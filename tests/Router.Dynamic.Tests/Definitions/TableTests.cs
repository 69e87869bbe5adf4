using RouterGen.Codecs;
using RouterGen.Declarations.Catalog;
using RouterGen.Dynamic.Definitions;
using RouterGen.Infrastructure;
using Declared = RouterGen.Declarations.Model;

namespace RouterGen.Dynamic.Tests.Definitions;

/// <summary>What the tables of dialects, kinds and platforms name is there.</summary>
public sealed class TableTests
{
    private static readonly DeclaredConstants Constants = new("{\"model\":\"m\""u8.ToArray(), new("provider", "m"));

    private static readonly Dictionary<Declared.CallKind, Type> Kinds = new()
    {
        [Declared.CallKind.Chat] = typeof(ChatCodec),
        [Declared.CallKind.Embeddings] = typeof(EmbeddingCodec),
        [Declared.CallKind.Images] = typeof(ImageCodec),
        [Declared.CallKind.Transcription] = typeof(TranscriptionCodec),
        [Declared.CallKind.Speech] = typeof(SpeechCodec),
        [Declared.CallKind.Rerank] = typeof(RerankCodec),
        [Declared.CallKind.Moderation] = typeof(ModerationCodec),
        [Declared.CallKind.Completion] = typeof(CompletionCodec),
    };

    public static TheoryData<int, string?, int> Spoken
    {
        get
        {
            var rows = new TheoryData<int, string?, int>();
            foreach (DialectRow dialect in DialectRow.All)
            {
                foreach (KindRow kind in dialect.Kinds) rows.Add((int)dialect.Dialect, null, (int)kind.Kind);
                foreach (PlatformRow platform in PlatformRow.All)
                {
                    foreach (KindRow kind in dialect.Kinds.Where(kind => platform.Serves(kind.Kind, dialect.Dialect))) rows.Add((int)dialect.Dialect, platform.Name, (int)kind.Kind);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Spoken))]
    public void Each_kind_of_call_in_each_dialect_at_each_platform_has_its_codec(int dialect, string? platform, int kind)
    {
        string name = KindRow.CodecOf((Declared.Dialect)dialect, PlatformRow.Find(platform), (Declared.CallKind)kind);

        Codec codec = CodecTable.Make(name, Constants);

        Assert.Equal(name + "`1", codec.GetType().Name);
        Assert.IsAssignableFrom(Kinds[(Declared.CallKind)kind], codec);
        Assert.Same(Constants.Profile, codec.Profile);
    }

    [Fact]
    public void Each_codec_can_be_made()
    {
        Type[] codecs = [.. typeof(OpenAIChatCodec<>).Assembly.GetTypes().Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: true } && type.IsAssignableTo(typeof(Codec)))];

        Assert.True(codecs.Length > 20);
        Assert.All(codecs, codec => Assert.Equal(codec, CodecTable.Make(codec.Name.Split('`')[0], Constants).GetType().GetGenericTypeDefinition()));
    }

    public static TheoryData<string> Platforms => new(PlatformRow.All.Select(row => row.Name));

    [Theory]
    [MemberData(nameof(Platforms))]
    public void Each_platform_of_the_catalog_has_its_type(string name)
    {
        PlatformRow row = PlatformRow.Find(name)!;
        ProviderRow provider = ModelCatalog.Default.Providers.First(provider => provider.Platform == row);
        DeploymentDefinition withIdentity = Declarations.Deployment(provider, "", "\"apiKeyEnv\": \"\"");
        DeploymentDefinition withKey = Declarations.Deployment(provider, "", "\"apiKeyEnv\": \"KEY\"");

        Assert.Equal(row.Type, withKey.Platform.GetType().Name);
        Assert.Equal("KEY", withKey.KeyVariable);
        Assert.Null(withIdentity.KeyVariable);
        Assert.Equal(row.Package is not null, withIdentity.Platform.HasCredentials);
        Assert.Equal(row.Package is not null, row.Package is { } package && PlatformTable.Packages.Contains(package));
    }
}
