;; Puts the module together again that tools/lib/encode.mjs took apart and wrote as ASCII text. In
;; WebAssembly, as it runs once and a JavaScript engine would interpret it, at ten times the time.
;; By hand, as what it saves in the download is what it must not weigh.
;;
;; Memory: from 0 on, where each stream is to be read next (32 bits each, as js/engine/decode.ts
;; puts them there); from 64 on the two tables below; at 512, 768 and 1024 the bytes of the streams
;; 0, 4 and 8; at 1280 the locals of a function, the latest used first; from 1536 on the text, then
;; the module.
;;
;; A stream is known by its address: 0 operation codes, 4 constants, 8 what is not code, 12 numbers
;; and types of locals, types of blocks, 16 locals, 20 functions called, 24 offsets of i32.load,
;; 28 of i32.store, 32 of the others, 36 everything else; at 40 the address of the module.
(module
  (memory (export "memory") 1)

  ;; The stream of what follows each operation code, 0 for nothing.
  (data (i32.const 66) "\0c\0c\0c")
  (data (i32.const 76) "\24\24\24\00\14\24")
  (data (i32.const 96) "\10\10\10\24\24\00\00\00\18\20\20\20\20\20\20\20\20\20\20\20\20\20\1c\20\20\20\20\20\20\20\20\00\00\04\04")
  (data (i32.const 316) "\24")

  ;; The natural alignment of i32.load (0x28) and so on.
  (data (i32.const 360) "\02\03\02\03\00\00\01\01\00\00\01\01\02\02\02\03\02\03\00\01\00\01\02")

  (global $to (mut i32) (i32.const 0))

  (func $write (param $byte i32)
    (i32.store8 (global.get $to) (local.get $byte))
    (global.set $to (i32.add (global.get $to) (i32.const 1))))

  ;; The next number of a stream. Its last character is one of 80, any before it one of the other 13;
  ;; they are those of printable ASCII without the quote (34) and the backslash (92).
  (func $number (param $stream i32) (result i32)
    (local $high i32) (local $digit i32) (local $at i32)
    (loop $more
      (local.set $digit (i32.load8_u (local.tee $at (i32.load (local.get $stream)))))
      (i32.store (local.get $stream) (i32.add (local.get $at) (i32.const 1)))
      (local.set $digit
        (i32.sub (i32.sub (i32.sub (local.get $digit) (i32.gt_u (local.get $digit) (i32.const 92)))
                          (i32.gt_u (local.get $digit) (i32.const 34)))
                 (i32.const 32)))
      (if (i32.gt_u (local.get $digit) (i32.const 79))
        (then
          (local.set $high
            (i32.add (i32.mul (local.get $high) (i32.const 13))
                     (i32.sub (local.get $digit) (i32.const 79))))
          (br $more))))
    (i32.add (i32.mul (local.get $high) (i32.const 80)) (local.get $digit)))

  ;; Writes the next number of a stream: as LEB128, or the byte it stands for; and returns it.
  (func $copy (param $stream i32) (result i32)
    (local $number i32) (local $rest i32)
    (local.set $number (call $number (local.get $stream)))
    ;; A local is known by how many others were used since it was.
    (if (i32.eq (local.get $stream) (i32.const 16))
      (then
        (local.set $rest (local.get $number))
        (local.set $number (i32.load8_u offset=1280 (local.get $number)))
        (memory.copy (i32.const 1281) (i32.const 1280) (local.get $rest))
        (i32.store8 (i32.const 1280) (local.get $number))))
    (if (i32.lt_u (local.get $stream) (i32.const 12))
      (then
        (local.set $number
          (i32.load8_u offset=512
            (i32.add (i32.shl (local.get $stream) (i32.const 6)) (local.get $number))))
        (call $write (local.get $number)))
      (else
        (local.set $rest (local.get $number))
        (loop $more
          (if (i32.gt_u (local.get $rest) (i32.const 127))
            (then
              (call $write (i32.or (local.get $rest) (i32.const 128)))
              (local.set $rest (i32.shr_u (local.get $rest) (i32.const 7)))
              (br $more))))
        (call $write (local.get $rest))))
    (local.get $number))

  (func $copies (param $stream i32) (param $count i32)
    (loop $more
      (if (i32.gt_s (local.get $count) (i32.const 0))
        (then
          (drop (call $copy (local.get $stream)))
          (local.set $count (i32.sub (local.get $count) (i32.const 1)))
          (br $more)))))

  (func (export "unpack")
    (local $codesEnd i32) (local $plainEnd i32) (local $table i32) (local $byte i32)
    (local $one i32) (local $two i32) (local $start i32) (local $depth i32) (local $code i32)
    (local $alignment i32) (local $stream i32) (local $number i32)
    (global.set $to (i32.load (i32.const 40)))
    (local.set $codesEnd (i32.load (i32.const 4)))
    (local.set $plainEnd (i32.load (i32.const 12)))

    ;; Of each stream of bytes, the 80 most frequent values and then the others, each in order: for
    ;; each value a number says which of the two.
    (local.set $table (i32.const 512))
    (loop $tables
      (local.set $one (local.get $table))
      (local.set $two (i32.add (local.get $table) (i32.const 80)))
      (local.set $byte (i32.const 0))
      (loop $bytes
        (if (call $number (i32.const 0))
          (then
            (i32.store8 (local.get $one) (local.get $byte))
            (local.set $one (i32.add (local.get $one) (i32.const 1))))
          (else
            (i32.store8 (local.get $two) (local.get $byte))
            (local.set $two (i32.add (local.get $two) (i32.const 1)))))
        (br_if $bytes
          (i32.lt_u (local.tee $byte (i32.add (local.get $byte) (i32.const 1))) (i32.const 256))))
      (br_if $tables
        (i32.lt_u (local.tee $table (i32.add (local.get $table) (i32.const 256)))
                  (i32.const 1280))))

    ;; What comes before the first function.
    (call $copies (i32.const 8) (call $number (i32.const 0)))

    (loop $instruction
      (if (i32.lt_u (i32.load (i32.const 0)) (local.get $codesEnd))
        (then
          (if (i32.eqz (local.get $depth))
            (then
              (local.set $depth (i32.const 1))
              (local.set $byte (i32.const 256))
              (loop $locals
                (local.set $byte (i32.sub (local.get $byte) (i32.const 1)))
                (i32.store8 offset=1280 (local.get $byte) (local.get $byte))
                (br_if $locals (local.get $byte)))
              (global.set $to
                (local.tee $start (i32.add (global.get $to) (i32.const 3))))
              (call $copies (i32.const 12)
                (i32.shl (call $copy (i32.const 12)) (i32.const 1)))))

          (local.set $code (call $copy (i32.const 0)))
          (local.set $alignment (i32.load8_u offset=320 (local.get $code)))
          ;; The codes 6 to 9 do not exist. Here they are the alignment of what follows, 0 to 3.
          (if (i32.lt_u (i32.sub (local.get $code) (i32.const 6)) (i32.const 4))
            (then
              (local.set $alignment (i32.sub (local.get $code) (i32.const 6)))
              (global.set $to (i32.sub (global.get $to) (i32.const 1)))
              (local.set $code (call $copy (i32.const 0)))))
          ;; block, loop, if
          (if (i32.lt_u (i32.sub (local.get $code) (i32.const 2)) (i32.const 3))
            (then (local.set $depth (i32.add (local.get $depth) (i32.const 1)))))
          ;; i32.load to i64.store32
          (if (i32.lt_u (i32.sub (local.get $code) (i32.const 40)) (i32.const 23))
            (then (call $write (local.get $alignment))))
          (if (local.tee $stream (i32.load8_u offset=64 (local.get $code)))
            (then
              (local.set $number (call $copy (local.get $stream)))
              ;; br_table: this many labels and one more.
              (if (i32.eq (local.get $code) (i32.const 14))
                (then
                  (call $copies (i32.const 36) (i32.add (local.get $number) (i32.const 1)))))
              ;; i32.const, i64.const: up to the first byte without its highest bit.
              (if (i32.eq (local.get $stream) (i32.const 4))
                (then
                  (loop $more
                    (if (i32.gt_u (local.get $number) (i32.const 127))
                      (then
                        (local.set $number (call $copy (i32.const 4)))
                        (br $more))))))
              ;; memory.copy (10), memory.fill (11): two bytes of zero, or one.
              (if (i32.eq (local.get $code) (i32.const 252))
                (then
                  (if (i32.gt_u (local.get $number) (i32.const 9))
                    (then
                      (global.set $to
                        (i32.sub (i32.add (global.get $to) (i32.const 12))
                                 (local.get $number)))))))))
          ;; call_indirect, memory.size, memory.grow: one byte of zero.
          (if (i32.or (i32.eq (local.get $code) (i32.const 17))
                      (i32.lt_u (i32.sub (local.get $code) (i32.const 63)) (i32.const 2)))
            (then (global.set $to (i32.add (global.get $to) (i32.const 1)))))
          ;; f32.const, f64.const: four bytes or eight.
          (if (i32.lt_u (i32.sub (local.get $code) (i32.const 67)) (i32.const 2))
            (then
              (call $copies (i32.const 4)
                (i32.shl (i32.sub (local.get $code) (i32.const 66)) (i32.const 2)))))
          ;; end
          (if (i32.eq (local.get $code) (i32.const 11))
            (then
              (if (i32.eqz
                    (local.tee $depth (i32.sub (local.get $depth) (i32.const 1))))
                (then
                  ;; The size of a body in three bytes whatever it is, as it is known only now.
                  (local.set $number (i32.sub (global.get $to) (local.get $start)))
                  (global.set $to (i32.sub (local.get $start) (i32.const 3)))
                  (call $write (i32.or (local.get $number) (i32.const 128)))
                  (call $write
                    (i32.or (i32.shr_u (local.get $number) (i32.const 7)) (i32.const 128)))
                  (call $write (i32.shr_u (local.get $number) (i32.const 14)))
                  (global.set $to (i32.add (local.get $start) (local.get $number)))))))
          (br $instruction))))

    ;; What comes after the last function.
    (loop $rest
      (if (i32.lt_u (i32.load (i32.const 8)) (local.get $plainEnd))
        (then
          (drop (call $copy (i32.const 8)))
          (br $rest))))))
