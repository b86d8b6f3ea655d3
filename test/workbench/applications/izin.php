<?php
// A Laravel application in one file, on the framework's own kernel, router, validation, resources and error pages.
// APP_FOLDER: where it keeps what Laravel writes.

use Illuminate\Foundation\Application;
use Illuminate\Http\Request;
use Illuminate\Http\Resources\Json\JsonResource;
use Illuminate\Pagination\LengthAwarePaginator;
use Illuminate\Support\Facades\Facade;
use Illuminate\Support\Facades\Route;

require '/usr/share/php/Illuminate/autoload.php';

error_reporting(E_ALL & ~E_DEPRECATED); // Laravel 8 is older than PHP 8.2.

class Izin extends JsonResource
{
    public function toArray($request): array
    {
        return ['id' => $this['id'], 'jenis' => $this['jenis'], 'luas' => $this['luas'], 'created_at' => $this['created_at']];
    }
}

class Http extends \Illuminate\Foundation\Http\Kernel
{
    protected $bootstrappers = [
        \Illuminate\Foundation\Bootstrap\HandleExceptions::class,
        \Illuminate\Foundation\Bootstrap\RegisterFacades::class,
        \Illuminate\Foundation\Bootstrap\RegisterProviders::class,
        \Illuminate\Foundation\Bootstrap\BootProviders::class,
    ];
}

@mkdir(getenv('APP_FOLDER') . '/bootstrap/cache', 0700, true);
$app = new Application(getenv('APP_FOLDER'));
$app->instance('env', 'production');
$app->instance('config', new \Illuminate\Config\Repository([
    'app' => ['debug' => false, 'locale' => 'en', 'fallback_locale' => 'en', 'timezone' => 'UTC', 'aliases' => [], 'providers' => [
        \Illuminate\Filesystem\FilesystemServiceProvider::class, \Illuminate\Translation\TranslationServiceProvider::class,
        \Illuminate\Validation\ValidationServiceProvider::class, \Illuminate\View\ViewServiceProvider::class,
        \Illuminate\Foundation\Providers\FoundationServiceProvider::class, \Illuminate\Pagination\PaginationServiceProvider::class,
    ]],
    'view' => ['paths' => [], 'compiled' => getenv('APP_FOLDER')],
    'logging' => ['default' => 'null', 'channels' => ['null' => ['driver' => 'monolog', 'handler' => \Monolog\Handler\NullHandler::class]]],
]));
$app->singleton(\Illuminate\Contracts\Http\Kernel::class, Http::class);
$app->singleton(\Illuminate\Contracts\Debug\ExceptionHandler::class, \Illuminate\Foundation\Exceptions\Handler::class);
Facade::setFacadeApplication($app);

$izin = fn (int $id): array => ['id' => $id, 'jenis' => 'SIUP', 'luas' => $id === 2 ? 120.5 : null, 'created_at' => now()->setTimestamp(1769821200)];

Route::prefix('api/v1')->group(function () use ($izin) {
    Route::get('izin', fn (Request $r) => Izin::collection(
        new LengthAwarePaginator([$izin(1), $izin(2)], 2, (int) $r->query('per_page', '15'), 1, ['path' => $r->url()])));
    Route::post('izin', function (Request $r) {
        $baru = $r->validate(['jenis' => 'required|string|max:40', 'luas' => 'nullable|numeric']);
        return (new Izin(['id' => 3, 'luas' => null, 'created_at' => now()] + $baru))
            ->response()->setStatusCode(201)->header('Location', url('api/v1/izin/3'));
    });
    Route::get('izin/{izin}', fn (int $id) => $id < 3 ? new Izin($izin($id)) : abort(404, 'Izin tidak ada'));
    Route::delete('izin/{izin}', fn () => response()->noContent());
    Route::post('izin/{izin}/berkas', function (Request $r) {
        $r->validate(['berkas' => 'required|file']);
        return ['nama' => $r->file('berkas')->getClientOriginalName(), 'ukuran' => $r->file('berkas')->getSize()];
    });
});

$kernel = $app->make(\Illuminate\Contracts\Http\Kernel::class);
$request = Request::capture();
$response = $kernel->handle($request);
$response->send();
$kernel->terminate($request, $response);
