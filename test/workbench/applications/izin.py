"""A FastAPI application as an agency has it: the contract is what FastAPI generates at /openapi.json."""

import sys
from datetime import date, datetime, timezone
from enum import Enum
from typing import Dict, List, Optional, Union

import uvicorn
from fastapi import Depends, FastAPI, File, Form, Header, HTTPException, Path, Query, Response, UploadFile
from fastapi.security import HTTPBearer, OAuth2PasswordBearer
from pydantic import BaseModel, Field

app = FastAPI(title="Perizinan", description="Permohonan izin usaha mikro di kabupaten.", version="1.2.0")
token = HTTPBearer(auto_error=False)
login = OAuth2PasswordBearer(tokenUrl="masuk", auto_error=False)


class Status(str, Enum):
    diajukan = "diajukan"
    terbit = "terbit"


class Pemohon(BaseModel):
    nama: str = Field(max_length=100)
    npwp: Optional[str] = None


class IzinBaru(BaseModel):
    jenis: str = Field(max_length=40)
    pemohon: Pemohon
    luas: Optional[float] = None
    mulai: Optional[date] = None
    catatan: Union[str, int, None] = None


class Izin(IzinBaru):
    id: int
    status: Status
    dibuat: datetime
    label: Dict[str, str] = {}


class Galat(BaseModel):
    detail: str


class Halaman(BaseModel):
    data: List[Izin]
    total: int


def peminta(x_unit: Optional[str] = Header(None), _=Depends(token), __=Depends(login)):
    return x_unit


def izin(nomor: int) -> Izin:
    return Izin(
        id=nomor,
        jenis="SIUP",
        pemohon=Pemohon(nama="Warung Bu Sri"),
        status=Status.terbit,
        dibuat=datetime(2026, 1, 31, 8, tzinfo=timezone.utc),
    )


@app.get("/izin/", response_model=Halaman, response_model_exclude_none=True, tags=["izin"])
def daftar(
    status: Optional[Status] = None,
    jenis: List[str] = Query([]),
    sejak: Optional[date] = None,
    jumlah: int = Query(20, gt=0, le=100),
    unit=Depends(peminta),
):
    return {"data": [izin(1), izin(2)], "total": 2}


@app.post("/izin/", response_model=Izin, response_model_exclude_none=True, status_code=201)
def ajukan(baru: IzinBaru, response: Response):
    response.headers["Location"] = "/izin/3"
    return {**izin(3).dict(), **baru.dict()}


@app.get("/izin/{id}", response_model=Izin, response_model_exclude_none=True, responses={404: {"model": Galat}})
def satu(id: int = Path(..., ge=1)):
    if id > 2:
        raise HTTPException(404, "Izin tidak ada")
    return izin(id)


@app.delete("/izin/{id}", status_code=204)
def cabut(id: int):
    pass


@app.post("/izin/{id}/berkas")
async def unggah(id: int, berkas: UploadFile = File(...), keterangan: str = Form("")):
    return {"nama": berkas.filename, "ukuran": len(await berkas.read())}


@app.get("/lengkap/{id}", response_model=Izin)
def lengkap(id: int):
    """Its answer has null, which pydantic 1 does not write into the contract."""
    return izin(id)


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
