using System.ComponentModel;

// The generator, which cannot refer to this library, compiles this file too.
#if ROUTERGEN_DECLARATIONS
namespace RouterGen.Declarations.Model;
#else
namespace RouterGen.Infrastructure;
#endif

/// <summary>
/// The parameters of a request that a model takes. One that it does not take is left out of the request, and the answer
/// says so; what a request demands is in <c>ModelCapabilities</c>.
/// </summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ModelParameters
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A temperature and <c>top_p</c>.</summary>
    Sampling = 1 << 0,

    /// <summary><c>top_k</c>.</summary>
    TopK = 1 << 1,

    /// <summary>Penalties for frequency and presence.</summary>
    Penalties = 1 << 2,

    /// <summary>Stop sequences.</summary>
    Stop = 1 << 3,

    /// <summary>A seed.</summary>
    Seed = 1 << 4,

    /// <summary>How much the model reasons: an effort, in whatever form the dialect gives it.</summary>
    Reasoning = 1 << 5,

    /// <summary>Whether the model may call several tools at once.</summary>
    ParallelToolCalls = 1 << 6,

    /// <summary>A choice of tools that demands a call. A request with one is refused by a model that does not take it.</summary>
    RequiredToolChoice = 1 << 7,

    /// <summary>A service tier.</summary>
    ServiceTier = 1 << 8,

    /// <summary>The length of an embedding model's vectors.</summary>
    Dimensions = 1 << 9,

    /// <summary>Images to change. A request with one is refused by a model that does not take it.</summary>
    ImageEdits = 1 << 16,

    /// <summary>A mask that shows where an image is to be changed. A request with one is refused by a model that does not take it.</summary>
    ImageMask = 1 << 17,

    /// <summary>How many images are to be made, where that is more than one.</summary>
    ImageCount = 1 << 18,

    /// <summary>The size of images.</summary>
    ImageSize = 1 << 19,

    /// <summary>The format of images: PNG, JPEG or WebP.</summary>
    ImageFormat = 1 << 20,

    /// <summary>Images while they take shape, as a stream.</summary>
    ImageStream = 1 << 21,

    /// <summary>The size of images as a width and a height, and their bytes as <c>base64</c> (Together).</summary>
    ImageSides = 1 << 29,

    /// <summary>Times of segments and words in a transcription. A request with them is refused by a model that gives none.</summary>
    Timestamps = 1 << 22,

    /// <summary>Who speaks in each segment of a transcription. A request for it is refused by a model that cannot tell.</summary>
    Speakers = 1 << 23,

    /// <summary>A stream of a transcription, piece by piece.</summary>
    TranscriptStream = 1 << 24,

    /// <summary>A text that shows a model that transcribes how words are spelt.</summary>
    TranscriptPrompt = 1 << 25,

    /// <summary>Instructions, how a text is to be spoken.</summary>
    SpokenInstructions = 1 << 26,

    /// <summary>Events around pieces of speech, the last of which tells what was counted.</summary>
    SpeechEvents = 1 << 27,

    /// <summary>The language and the length of the sound beside a transcription, which are asked for always.</summary>
    TranscriptDetails = 1 << 28,

    /// <summary>Speech comes as WAV alone, which is asked for always.</summary>
    SpokenAsWave = 1 << 30,
}
